import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { editorUrl, finvis, fondo, signedIn } from '../e2e/stack.mjs';
import { closeEditor, openEditor, picture } from './editor.mjs';

let n8n;
let page;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
});

afterAll(closeEditor);

describe.each([
	['Fondo', fondo],
	['Finvis', finvis],
])('the credential of %s', (api, { type, data }) => {
	test('is red with the wrong secret and says why, and green with the right one', async () => {
		const { id } = n8n.credentials.find((one) => one.type === type);
		await page.goto(`${editorUrl}/home/credentials/${id}`);
		const dialog = page.getByTestId('editCredential-modal');
		const secret = dialog.getByTestId('parameter-input-clientSecret').locator('input');
		const works = dialog.getByTestId('credentials-config-container-test-success');
		await works.waitFor();

		await secret.fill('not-the-secret');
		await dialog.getByTestId('credential-save-button').click();
		await dialog.getByText('More details').click();
		await dialog.getByText(`${api} did not accept the client ID or client secret. Enter them again.`).waitFor();
		expect(await works.isVisible()).toBe(false);
		expect(await secret.getAttribute('type')).toBe('password');
		await picture(page, `credential-${api.toLowerCase()}-refused`, dialog);

		await secret.fill(data.clientSecret);
		await dialog.getByTestId('credential-save-button').click();
		await works.waitFor();
		expect(await dialog.getByText('Couldn’t connect').count()).toBe(0);
		await picture(page, `credential-${api.toLowerCase()}`, dialog);
	});
});
