import { editorUrl, eventually, itemsOf, type Check, endJourney, type Journey } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	const id = await world.start(workflow);
	const held = await world.waits(id, 'Wait for outcome');
	const [journey] = itemsOf<Journey>(held, 'Create journey');
	expect(journey.callbackUrl).toMatch(new RegExp(`^${editorUrl}/webhook-waiting/${id}\\?signature=`));
	expect(itemsOf(held, 'Mail text')[0].text).toContain(journey.url);
	await endJourney(journey, 'complete');
	const ended = await world.ends(id);
	expect(itemsOf(ended, 'Account opened')).toEqual([
		expect.objectContaining({ id: journey.id, outcome: 'complete', result: { account: expect.any(String) } }),
	]);
	// n8n can have ended the execution before Fondo has its answer.
	const delivery = await eventually('the callback is delivered', async () => {
		const deliveries = await world.sandbox.deliveries();
		return deliveries.find(({ url, state }) => url === journey.callbackUrl && state !== 'sending');
	});
	expect(delivery).toMatchObject({ state: 'delivered', attempts: [200] });

	const other = await world.start(workflow);
	await endJourney(itemsOf<Journey>(await world.waits(other, 'Wait for outcome'), 'Create journey')[0], 'cancel');
	const left = await world.ends(other);
	expect([itemsOf(left, 'Account opened'), itemsOf(left, 'Customer gave up').length]).toEqual([[], 1]);
	expect(await world.ledger()).toEqual([]);
};
