import { reasonOf } from '../../../tools/harness/n8n/client';
import { itemsOf, swedish, type Check, type Positions } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file, { day: '2025-11-30', warnBelow: 500_000 });
	const run = await world.run(workflow);
	const { total, positions } = await world.sandbox.finvis.read<Positions>('/reporting/positions?currency=SEK&as_of=2025-11-30');
	const [picture, page] = await world.filesOf(run, 'Send the report');
	expect(picture).toMatchObject({ name: 'cash-position.svg', type: 'image/svg+xml' });
	expect(picture.text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>$/s);
	expect(picture.text).toContain(`Cash on 2025-11-30: ${swedish(total)} SEK`);
	// The paper, and a bar for every account, as long as its balance.
	const widths = [...picture.text.matchAll(/<rect x="400" y="\d+" width="(\d+)"/g)].map(([, width]) => Number(width));
	const balances = positions.map(({ booked_balance }) => Number(booked_balance)).sort((one, other) => other - one);
	expect(widths).toEqual(balances.map((balance) => Math.round((Math.abs(balance) / balances[0]) * 300)));

	expect(page).toMatchObject({ name: 'cash-position.html', type: 'text/html' });
	expect(page.text).toContain(picture.text);
	for (const { booked_balance } of positions) expect(page.text).toContain(`<td class="number">${swedish(booked_balance)}</td>`);
	const low = positions.map(({ available_balance }) => Number(available_balance)).filter((available) => available < 500_000);
	expect(low.length).toBeGreaterThan(0);
	expect(itemsOf(run, 'Warn of low accounts').map(({ available }) => available).sort()).toEqual(low.sort());

	await world.sandbox.addFaults({ match: { path: 'getPositions' }, kind: 'status', status: 403, body: { detail: 'no' } });
	expect(reasonOf(await world.run(workflow, 'Start', 'error'))).toMatch(/^Get the positions: Finvis does not allow this/);
	expect(await world.ledger()).toEqual([]);
};
