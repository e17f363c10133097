import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { itemsOf, swedish, type Check, type Batch, type Positions } from './world';

const DAY_MS = 86_400_000;
const sum = <Field extends string>(rows: ReadonlyArray<Readonly<Record<Field, string>>>, field: Field) =>
	rows.reduce((all, row) => all + Number(row[field]), 0);

interface Cashflow {
	readonly periods: ReadonlyArray<{ inflow: string; outflow: string }>;
}

interface Week {
	readonly week: number;
	readonly balance: number;
	readonly waitingPayments: number;
}

export const check: Check = async (world, file) => {
	const settings = { firstDay: '2025-12-15', usualFrom: '2025-10-01', usualTo: '2025-12-30', limit: 31_950_000, inflowShare: 0.9 };
	const workflow = await world.imported(file, settings);
	const run = await world.run(workflow);

	const { periods } = await world.sandbox.finvis.read<Cashflow>('/reporting/cashflow?currency=SEK&date_from=2025-10-01&date_to=2025-12-30');
	const { positions } = await world.sandbox.finvis.read<Positions>('/reporting/positions?currency=SEK');
	const waiting = (await world.finvisList<Batch>('/payments/batches/')).filter(({ status }) =>
		['pending_approval', 'submitted', 'approved', 'processing'].includes(status),
	);
	const usualWeek = (sum(periods, 'inflow') * 0.9 - sum(periods, 'outflow')) / 13;
	const weekOf = ({ execution_date: day }: Batch) => Math.max(0, Math.floor((Date.parse(day) - Date.parse('2025-12-15')) / (7 * DAY_MS)));
	const wanted = Array.from({ length: 13 }, (_, week) => {
		const paid = waiting.filter((batch) => weekOf(batch) <= week);
		return Math.round(sum(positions, 'available_balance') + usualWeek * (week + 1) - sum(paid, 'total_amount'));
	});
	const weeks = itemsOf<Week>(run, 'One item per week');
	expect(weeks.map(({ balance }) => balance)).toEqual(wanted);
	expect(weeks.filter(({ waitingPayments }) => waitingPayments > 0).length).toBeGreaterThan(1);
	const firstBelow = wanted.findIndex((balance) => balance < 31_950_000);
	expect(firstBelow).toBeGreaterThan(0);
	expect(itemsOf(run, 'Alert the treasurer').map(({ week }) => week)).toEqual([firstBelow + 1]);

	const [sheet, picture] = await world.filesOf(run, 'Send the forecast');
	expect(sheet).toMatchObject({ name: 'cash-flow-forecast.xlsx', type: expect.stringContaining('spreadsheet') });
	expect(picture).toMatchObject({ name: 'cash-flow-forecast.svg', type: 'image/svg+xml', text: expect.stringMatching(/^<svg .*<\/svg>$/s) });
	expect(picture.text.match(/<circle/g)).toHaveLength(13);
	expect(picture.text).toContain(`limit ${swedish(31_950_000)}`);

	const wealthy = await world.run(await world.imported(file, { ...settings, limit: 1 }));
	expect(outputOf(wealthy, 'Alert the treasurer')).toEqual([]);
	await world.sandbox.addFaults({ match: { path: 'getCashflow' }, kind: 'status', status: 403, body: { detail: 'no' } });
	expect(reasonOf(await world.run(workflow, 'Start', 'error'))).toMatch(/^Get the usual cash flow: Finvis does not allow this/);
	expect(await world.ledger()).toEqual([]);
};
