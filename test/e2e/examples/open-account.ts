import { expect } from '@jest/globals';
import { editorUrl, eventually, itemsOf } from './world.mjs';

export default async function check(world, file) {
	const workflow = await world.imported(file);
	const play = async ({ url }, ending) => expect((await fetch(`${url}/${ending}`, { method: 'POST' })).status).toBe(200);
	const id = await world.start(workflow);
	const held = await world.waits(id, 'Wait for outcome');
	const [journey] = itemsOf(held, 'Create journey');
	expect(journey.callbackUrl).toMatch(new RegExp(`^${editorUrl}/webhook-waiting/${id}\\?signature=`));
	expect(itemsOf(held, 'Mail text')[0].text).toContain(journey.url);
	await play(journey, 'complete');
	const ended = await world.ends(id);
	expect(itemsOf(ended, 'Account opened')).toEqual([
		expect.objectContaining({ id: journey.id, outcome: 'complete', result: { account: expect.any(String) } }),
	]);
	// n8n can have ended the execution before Fondo has its answer.
	const delivery = await eventually('the callback is delivered', async () => {
		const { deliveries } = await world.sandbox.call('GET', '/deliveries');
		return deliveries.find(({ url, state }) => url === journey.callbackUrl && state !== 'sending');
	});
	expect(delivery).toMatchObject({ state: 'delivered', attempts: [200] });

	const other = await world.start(workflow);
	await play(itemsOf(await world.waits(other, 'Wait for outcome'), 'Create journey')[0], 'cancel');
	const left = await world.ends(other);
	expect([itemsOf(left, 'Account opened'), itemsOf(left, 'Customer gave up').length]).toEqual([[], 1]);
	expect(await world.ledger()).toEqual([]);
}
