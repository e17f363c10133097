// How a person finds the run that paid: by the reference that each write adds to its execution.
import { useStack } from '../../tools/harness/jest/useStack';
import { saveSweep } from '../../tools/harness/stack';
import { Editor } from './editor';
import { takePicture } from './window';

const { owner, editorUrl } = useStack();

test('an execution has what it wrote in its highlighted data, for which the filter of executions asks', async () => {
	const { workflow } = await saveSweep(owner, 'Sweep idle cash, to be found');
	const { customData } = await owner.client.run(workflow);
	expect(customData).toEqual({
		api: 'Fondo, Finvis',
		outcome: 'created, accepted',
		reference: expect.stringMatching(/^sweep-[\w-]+(, sweep-[\w-]+)*$/),
		objectId: expect.stringMatching(/^[\w-]{36}(, [\w-]{36})*$/),
	});
	for (const text of Object.values(customData)) expect(text.length).toBeLessThanOrEqual(255);

	const { page } = await Editor.open();
	await page.goto(`${editorUrl}/workflow/${workflow.id}/executions`);
	await page.getByTestId('executions-filter-button').click();
	const filter = page.getByTestId('execution-filter-form');
	await filter.getByText('Highlighted data').waitFor();
	// n8n switches the two fields on when it is registered.
	for (const field of ['key', 'value']) expect(await filter.getByTestId(`execution-filter-saved-data-${field}-input`).count()).toBe(1);
	await takePicture(page, 'executions-filter', { x: 40, y: 80, width: 760, height: 530 });
});
