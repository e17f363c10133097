import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { eventually, itemsOf, type Check, present, type InvestorAccount } from './world';

const HOUR_S = 3_600;

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	await eventually('the trigger listens', async () => (await world.sandbox.streams()) > 0);
	const [client] = await world.fondoList('/client');
	const accounts = await world.fondoList<InvestorAccount>(`/client/${client.id}/account`);
	const { id: account } = present(accounts.find(({ status, balance }) => status === 'active' && balance > 5_000));
	const order = { orderType: 'subscription', account, instrument: 'SE0001862426SEK', amount: 500 };
	const place = async (clientRef: string) => await world.sandbox.fondo.send('POST', `/client/${client.id}/order`, { ...order, clientRef });
	const runs = async () => {
		const ended = (await world.executionsOf(workflow)).filter(({ status }) => status === 'success' || status === 'error');
		return await Promise.all(ended.map(async ({ id }) => await world.execution(id)));
	};
	const reported = async (node: string) => (await runs()).flatMap((run) => outputOf(run, node).map(({ json }) => json));

	const followed = await place('followed');
	const canceled = await place('cancelled');
	await world.sandbox.fondo.send('DELETE', `/client/${client.id}/order/${canceled.id}`);
	for (const seconds of [HOUR_S / 6, 2 * HOUR_S, 25 * HOUR_S, 49 * HOUR_S]) {
		await world.sandbox.advance(seconds);
	}
	await eventually('the order is reported as settled', async () => (await reported('Tell that it is settled')).length > 0);
	await eventually('the cancelled order is reported', async () => (await reported('Alert: the order stopped')).length > 0);
	const steps = (await reported('The order')).filter((one) => one.order === followed.id).map(({ status }) => status);
	expect(steps.sort()).toEqual(['confirmed', 'pending', 'received', 'sent', 'settled']);
	expect(await reported('Alert: the order stopped')).toEqual([expect.objectContaining({ order: canceled.id, status: 'canceled' })]);
	expect(await reported('Tell that it is settled')).toEqual([expect.objectContaining({ transactionType: 'subscription', amount: 500 })]);

	// An order that has not moved for two hours, where one is allowed.
	await world.sandbox.setSpeed(1);
	const late = await place('late');
	const { modifiedDate } = await world.sandbox.fondo.read<{ modifiedDate: string }>(`/client/${client.id}/order/${late.id}`);
	const hourly = await world.imported(file, { now: new Date(Date.parse(modifiedDate) + 2 * HOUR_S * 1000).toISOString() });
	expect(itemsOf(await world.run(hourly), 'Alert: the order is late').map(({ id }) => id)).toEqual([late.id]);
	expect(itemsOf(await world.run(hourly), 'Alert: the order is late')).toEqual([]);

	await world.sandbox.addFaults({ match: { path: 'getOrders' }, kind: 'status', status: 403, body: { text: 'no' } });
	expect(reasonOf(await world.run(hourly, 'Start', 'error'))).toContain('The orders could not be looked at:');
	expect((await world.ledger()).map(({ reference }) => reference)).toEqual(['followed', 'cancelled', 'late']);
};
