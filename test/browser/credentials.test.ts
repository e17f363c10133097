import { useStack } from '../../tools/harness/jest/useStack';
import { Editor } from './editor';
import { takePicture } from './window';

const { editorUrl, finvis, fondo, owner } = useStack();

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

describe.each([
	['Fondo', fondo.type, fondo.data.clientSecret],
	['Finvis', finvis.type, finvis.data.clientSecret],
])('the credential of %s', (api, type, rightSecret) => {
	test('is red with a wrong secret and says why, and green with the right secret', async () => {
		const { page } = editor;
		await page.goto(`${editorUrl}/home/credentials/${owner.credential(type).id}`);
		const dialog = page.getByTestId('editCredential-modal');
		const secret = dialog.getByTestId('parameter-input-clientSecret').locator('input');
		const works = dialog.getByTestId('credentials-config-container-test-success');
		await works.waitFor();

		await secret.fill('not-the-secret');
		await dialog.getByTestId('credential-save-button').click();
		await dialog.getByText('More details').click();
		await dialog.getByText(`${api} did not accept the client ID or client secret. Enter them again in the credential.`).waitFor();
		expect(await works.isVisible()).toBe(false);
		expect(await secret.getAttribute('type')).toBe('password');
		await takePicture(dialog, `credential-${api.toLowerCase()}-refused`);

		await secret.fill(rightSecret);
		await dialog.getByTestId('credential-save-button').click();
		await works.waitFor();
		expect(await dialog.getByText('Couldn’t connect').count()).toBe(0);
		await takePicture(dialog, `credential-${api.toLowerCase()}`);
	});
});
