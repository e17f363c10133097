import { expect } from '@jest/globals';
import { eventually, itemsOf } from './world.mjs';

export default async function check(world, file) {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const happens = async (data) => await world.sandbox.call('POST', '/events', { event: 'payment.status.updated', data });
	const [paid] = (await happens({ batch_id: 'paid', previous_status: 'processing', status: 'executed' })).deliveries;
	await happens({ batch_id: 'odd', previous_status: 'processing', status: 'returned' });
	const told = async (node) => {
		const runs = await Promise.all((await world.executionsOf(workflow)).map(async ({ id }) => await world.ends(id)));
		return runs.flatMap((run) => itemsOf(run, node)).map(({ batch }) => batch);
	};
	await eventually('what was paid is told', async () => (await told('Paid')).length > 0);
	await eventually('what is odd is told', async () => (await told('Look into it')).length > 0);

	// Told again, it reaches nobody twice.
	await world.sandbox.call('POST', `/deliveries/${paid}/redeliver`, {});
	expect([await told('Paid'), await told('Look into it')]).toEqual([['paid'], ['odd']]);
	expect(await world.ledger()).toEqual([]);

	// A run that fails somewhere tells the treasury why.
	const failing = { type: 'n8n-nodes-base.stopAndError', typeVersion: 1, parameters: { errorMessage: 'No summary today' } };
	const broken = await world.imported(file, {}, { Summary: failing });
	await world.publish(broken);
	await happens({ batch_id: 'another', previous_status: 'processing', status: 'executed' });
	const errors = await eventually('the treasury is told', async () => {
		const runs = await Promise.all((await world.executionsOf(broken)).map(async ({ id }) => await world.execution(id)));
		const told = runs.filter(({ data }) => data).flatMap((run) => itemsOf(run, 'Tell the treasury'));
		return told.length > 0 && told;
	});
	expect(errors).toEqual([expect.objectContaining({ execution: expect.objectContaining({ lastNodeExecuted: 'Summary' }) })]);
	expect(errors[0].execution.error.message).toBe('No summary today');
}
