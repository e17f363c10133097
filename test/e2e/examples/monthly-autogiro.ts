import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { outcomesOf, type Check } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file, { month: '2026-03' });
	const [{ id }] = await world.fondoList('/client');
	const plans = await world.fondoList<{ account: string }>(`/client/${id}/allocationplan`);
	const fault = { kind: 'status', status: 400, body: { text: 'no mandate' }, times: 1 };
	await world.sandbox.addFaults({ ...fault, match: { path: 'createPaymentInstruction', nth: 3 } });

	const first = await world.run(workflow, 'Start', 'error');
	expect(reasonOf(first)).toMatch(/Autogiro was not drawn for everybody: .*no mandate/);
	expect(outputOf(first, 'Get the payments')).toHaveLength(plans.length - 1);

	// The second run draws only from the customer that the first run missed.
	await world.sandbox.clearFaults();
	const second = await world.run(workflow);
	expect(outcomesOf(second, 'Draw by autogiro').filter((outcome) => outcome === 'created')).toHaveLength(1);
	const ledger = await world.ledger();
	expect(ledger.map(({ kind, amount }) => [kind, amount])).toEqual(plans.map(() => ['payment_instruction', '500.00']));
	expect(ledger.map(({ account }) => account).sort()).toEqual(plans.map(({ account }) => account).sort());
};
