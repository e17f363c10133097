import { itemsOf, type Check } from './world';

const ROWS = 3_500;

export const check: Check = async (world, file) => {
	const [{ id: client }] = await world.fondoList('/client');
	const path = `/client/${client}/transaction/cash`;
	const { length } = await world.fondoList<{ amount: number }>(path);
	if (length < ROWS) await world.sandbox.deposit({ clientId: client, count: ROWS - length, amount: 1.1 });
	const all = await world.fondoList<{ amount: number }>(path);

	const run = await world.run(await world.imported(file));
	const [done] = itemsOf<{ amount: number }>(run, 'Done');
	expect(done).toMatchObject({ client, next: '', rows: all.length });
	const oere = all.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
	expect(Math.round(done.amount * 100)).toBe(oere);
	const { runData } = run.data.resultData;
	expect(runData['Read and work on a page'].length).toBeGreaterThanOrEqual(Math.ceil(all.length / 1_000));
	for (const { data } of runData['Read and work on a page']) expect(data?.main[0]).toHaveLength(1);
	expect(runData).not.toHaveProperty('Read the page');
	expect(await world.ledger()).toEqual([]);
};
