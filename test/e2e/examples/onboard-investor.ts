import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { eventually, itemsOf, type Check, endJourney, type InvestorAccount, type Journey } from './world';

const A_MOMENT = 0.01;

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file, { lookForMoneyEveryMinutes: A_MOMENT, firstAmount: 700 });

	const id = await world.start(workflow);
	const [journey] = itemsOf<Journey>(await world.waits(id, 'Wait for the customer'), 'Create the journey');
	await endJourney(journey, 'complete');
	const { result } = await world.sandbox.fondo.read<{ result: { account: string } }>(`/client/${journey.clientId}/journey/${journey.id}`);
	// It looks for the money and orders nothing, until the money is there.
	const looks = async () => (await world.requests('getAccount')).filter(({ path }) => path.endsWith(result.account)).length;
	await eventually('it has looked twice', async () => (await looks()) >= 2);
	expect(await world.ledger()).toEqual([]);
	// The answer to the order gets lost; it is found, and not placed again.
	await world.sandbox.addFaults({ match: { path: 'createOrder' }, times: 1, kind: 'cut_after' });
	await world.sandbox.deposit({ accountId: result.account, amount: 700 });
	const ended = await world.ends(id);

	const { ref } = await world.sandbox.fondo.read<InvestorAccount>(`/client/${journey.clientId}/account/${result.account}`);
	const ledger = await world.ledger();
	expect(ledger).toEqual([
		expect.objectContaining({ kind: 'order', reference: `first-order-${ref}`, account: result.account, amount: '700.00' }),
	]);
	const kinds = await world.fondoList(`/client/${journey.clientId}/account/${result.account}/agreement-types`);
	const files = await world.filesOf(ended, 'Put it into the archive');
	expect(files).toHaveLength(kinds.length);
	for (const { type, text } of files) expect([type, text.slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);

	const other = await world.start(workflow);
	await endJourney(itemsOf<Journey>(await world.waits(other, 'Wait for the customer'), 'Create the journey')[0], 'cancel');
	expect(outputOf(await world.ends(other), 'Tell the adviser')).toHaveLength(1);

	await world.sandbox.addFaults({ match: { path: 'postJourney' }, kind: 'status', status: 400, body: { text: 'no such type' } });
	expect(reasonOf(await world.run(workflow, 'Start', 'error'))).toMatch(/^Create the journey: .*no such type/);
	expect(await world.ledger()).toEqual(ledger);
};
