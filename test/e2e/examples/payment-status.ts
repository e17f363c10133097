import { eventually, itemsOf, type Check } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const happens = async (data: unknown) => await world.sandbox.emitEvent('payment.status.updated', data);
	const [paid] = await happens({ batch_id: 'paid', previous_status: 'processing', status: 'executed' });
	await happens({ batch_id: 'odd', previous_status: 'processing', status: 'returned' });
	const reported = async (node: string) => {
		const runs = await Promise.all((await world.executionsOf(workflow)).map(async ({ id }) => await world.ends(id)));
		return runs.flatMap((run) => itemsOf(run, node)).map(({ batch }) => batch);
	};
	await eventually('the paid batch is reported', async () => (await reported('Paid')).length > 0);
	await eventually('the odd batch is reported', async () => (await reported('Look into it')).length > 0);

	// A second delivery of the same event starts no run.
	await world.sandbox.redeliver(paid);
	expect([await reported('Paid'), await reported('Look into it')]).toEqual([['paid'], ['odd']]);
	expect(await world.ledger()).toEqual([]);

	// The treasury gets the reason of a failed run.
	const failing = { type: 'n8n-nodes-base.stopAndError', typeVersion: 1, parameters: { errorMessage: 'No summary today' } };
	const broken = await world.imported(file, {}, { Summary: failing });
	await world.publish(broken);
	await happens({ batch_id: 'another', previous_status: 'processing', status: 'executed' });
	const errors = await eventually('the treasury gets the error', async () => {
		const runs = await Promise.all((await world.executionsOf(broken)).map(async ({ id }) => await world.execution(id)));
		const errors = runs.filter(({ data }) => data).flatMap((run) => itemsOf<{ execution: { error: { message: string } } }>(run, 'Tell the treasury'));
		return errors.length > 0 && errors;
	});
	expect(errors).toEqual([expect.objectContaining({ execution: expect.objectContaining({ lastNodeExecuted: 'Summary' }) })]);
	expect(errors[0].execution.error.message).toBe('No summary today');
};
