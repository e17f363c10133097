import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { itemsOf, outcomesOf, type Check } from './world';

const DAY_S = 86_400;

export const check: Check = async (world, file) => {
	// n8n looks once a minute for executions that are due.
	const workflow = await world.imported(file, { request: 'out-1', lookEveryMinutes: 1 });
	const id = await world.start(workflow);
	const waiting = await world.waits(id, 'Wait until it is settled');
	const [{ account }] = itemsOf<{ account: string }>(waiting, 'Sell the units');
	expect((await world.ledger()).map(({ reference }) => reference)).toEqual(['out-1-sell']);
	for (let day = 0; day < 6; day += 1) await world.sandbox.advance(DAY_S);
	const ended = await world.ends(id);
	expect(outputOf(ended, 'Tell that it is paid out')).toHaveLength(1);
	const ledger = await world.ledger();
	expect(ledger).toEqual([
		expect.objectContaining({ kind: 'order', reference: 'out-1-sell', account }),
		expect.objectContaining({ kind: 'withdrawal', reference: 'out-1-pay', account }),
	]);

	// A second run finds the settled order and its payout.
	const again = await world.run(workflow);
	expect([outcomesOf(again, 'Sell the units'), outcomesOf(again, 'Pay out')]).toEqual([['found'], ['found']]);
	expect(await world.ledger()).toEqual(ledger);

	// A cancelled order pays nothing out; a person reads why.
	const cancelled = await world.imported(file, { request: 'out-2', lookEveryMinutes: 1 });
	const second = await world.start(cancelled);
	const [order] = itemsOf(await world.waits(second, 'Wait until it is settled'), 'Sell the units');
	const [client] = await world.fondoList('/client');
	await world.sandbox.fondo.send('DELETE', `/client/${client.id}/order/${order.id}`);
	expect(outputOf(await world.ends(second), 'Tell that it was not sold')).toHaveLength(1);
	expect((await world.ledger()).map(({ reference }) => reference)).toEqual(['out-1-sell', 'out-1-pay', 'out-2-sell']);

	await world.sandbox.addFaults({ match: { path: 'createOrder' }, kind: 'status', status: 400, body: { text: 'no units' } });
	const third = await world.imported(file, { request: 'out-3' });
	expect(reasonOf(await world.run(third, 'Start', 'error'))).toMatch(/^Sell the units: .*no units/);
};
