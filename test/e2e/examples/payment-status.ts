import { eventually, itemsOf, type Check } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const happens = async (data: unknown) => await world.sandbox.emitEvent('payment.status.updated', data);
	const [paid] = await happens({ batch_id: 'paid', previous_status: 'processing', status: 'executed' });
	await happens({ batch_id: 'odd', previous_status: 'processing', status: 'returned' });
	const told = async (node: string) => {
		const runs = await Promise.all((await world.executionsOf(workflow)).map(async ({ id }) => await world.ends(id)));
		return runs.flatMap((run) => itemsOf(run, node)).map(({ batch }) => batch);
	};
	await eventually('what was paid is told', async () => (await told('Paid')).length > 0);
	await eventually('what is odd is told', async () => (await told('Look into it')).length > 0);

	// Told again, it reaches nobody twice.
	await world.sandbox.redeliver(paid);
	expect([await told('Paid'), await told('Look into it')]).toEqual([['paid'], ['odd']]);
	expect(await world.ledger()).toEqual([]);

	// A run that fails somewhere tells the treasury why.
	const failing = { type: 'n8n-nodes-base.stopAndError', typeVersion: 1, parameters: { errorMessage: 'No summary today' } };
	const broken = await world.imported(file, {}, { Summary: failing });
	await world.publish(broken);
	await happens({ batch_id: 'another', previous_status: 'processing', status: 'executed' });
	const errors = await eventually('the treasury is told', async () => {
		const runs = await Promise.all((await world.executionsOf(broken)).map(async ({ id }) => await world.execution(id)));
		const told = runs.filter(({ data }) => data).flatMap((run) => itemsOf<{ execution: { error: { message: string } } }>(run, 'Tell the treasury'));
		return told.length > 0 && told;
	});
	expect(errors).toEqual([expect.objectContaining({ execution: expect.objectContaining({ lastNodeExecuted: 'Summary' }) })]);
	expect(errors[0].execution.error.message).toBe('No summary today');
};
