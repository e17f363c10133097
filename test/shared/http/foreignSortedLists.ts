/** Lists by `start`, the `sortedId` of a row, as vendors may give them. */
import type { Received } from '../../support/server';
import { CAP, type ListShape, number, pagedLists, type Row, shape } from './foreignVendor';

type Order = (left: Row, right: Row) => number;
const sorted = (row: Row | undefined) => row?.sortedId as string | number | undefined;

/** A list by `start`, whose rows the vendor compares in its own way. */
const from = (rows: Row[], { query }: Received, order: Order, inclusive = true, cap = CAP) => {
	const all = [...rows].sort(order);
	const start = all.find((row) => String(sorted(row)) === query.start);
	const rest = start === undefined ? all : all.filter((row) => (inclusive ? order(row, start) >= 0 : order(row, start) > 0));
	return rest.slice(0, Math.min(number(query.limit, Infinity), cap));
};
const asTexts: Order = (left, right) => (String(sorted(left)) < String(sorted(right)) ? -1 : 1) * (sorted(left) === sorted(right) ? 0 : 1);
const asNumbers: Order = (left, right) => Number(sorted(left)) - Number(sorted(right));
const asIs = () => 0;

/** Where a list has `start` and `limit`: Fondo. `make` gives the rows their sortedId. */
export const sortedLists: Array<ListShape & { make(row: Row, index: number): Row }> = [
	...[true, false].flatMap((inclusive) => {
		const how = inclusive ? 'inclusive' : 'exclusive';
		const paged =
			(order: Order, cap = CAP) =>
			(rows: Row[], call: Received) =>
				from(rows, call, order, inclusive, cap);
		return [
			{ ...shape(`start ${how}`, 'works', paged(asTexts, Infinity)), make: ulid },
			{ ...shape(`start ${how}, a silent cap`, 'works', paged(asTexts)), make: ulid },
			{
				...shape(`start ${how}, integers`, 'works', paged(asNumbers)),
				make: (row: Row, index: number) => ({ ...row, sortedId: index + 7 }),
			},
			{
				...shape(`start ${how}, integers as texts`, 'works or refused', paged(asNumbers)),
				make: (row: Row, index: number) => ({ ...row, sortedId: String(index + 7) }),
			},
			{
				...shape(`start ${how}, a sortedId for three rows each`, 'works or refused', paged(asTexts)),
				make: (row: Row, index: number) => ({ ...row, sortedId: `01J${String(Math.floor(index / 3)).padStart(5, '0')}` }),
			},
			{
				...shape(
					`start ${how}, newest first`,
					'works or refused',
					paged((left, right) => asTexts(right, left)),
				),
				make: ulid,
			},
		];
	}),
	{ ...shape('start ignored, a silent cap', 'works or refused', (rows) => rows.slice(0, CAP)), make: ulid },
	{ ...shape('start ignored, limit kept', 'works or refused', (rows, { query }) => rows.slice(0, number(query.limit, 99))), make: ulid },
	{ ...shape('start and limit ignored', 'works or refused', (rows) => rows), make: ulid },
	{ ...shape('start ignored, newest first', 'works or refused', (rows) => [...rows].reverse().slice(0, CAP)), make: ulid },
	{ ...shape('no sortedId, all in one answer', 'works or refused', (rows) => rows), make: (row) => row },
	{
		...shape('no sortedId, limit kept', 'works or refused', (rows, { query }) => rows.slice(0, number(query.limit, 99))),
		make: (row) => row,
	},
	{
		...shape('no sortedId in the last row of a page', 'works or refused', (rows, call) => from(rows, call, asIs)),
		make: (row, index) => (index % CAP === CAP - 1 ? row : ulid(row, index)),
	},
	{ ...shape('an envelope', 'works', (rows, call) => ({ data: from(rows, call, asTexts) })), make: ulid },
	{ ...shape('an envelope two deep', 'works', (rows, call) => ({ result: { orders: from(rows, call, asTexts) } })), make: ulid },
	...pagedLists.map((one) => ({ ...one, name: `paged as: ${one.name}`, verdict: 'works or refused' as const, make: ulid })),
];

function ulid(row: Row, index: number): Row {
	return { ...row, sortedId: `01J${String(index).padStart(7, '0')}` };
}
