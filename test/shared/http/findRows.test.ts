import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { rowsOf } from '../../../nodes/shared/http/listAnswer';

const row = fc.record({ id: fc.uuid(), amount: fc.integer({ min: 1, max: 900 }) });
const rows = fc.array(row, { maxLength: 3 });
/** What vendors put beside the rows: things of their own, with an ID or without. */
const other = fc.record({ id: fc.uuid(), note: fc.string() }, { requiredKeys: ['note'] });
const others = fc.array(other, { minLength: 1, maxLength: 3 });
const name = fc.constantFrom('orders', 'results', 'data', 'items', 'entries', 'list');
const otherName = fc.constantFrom('events', 'notes', 'alerts', 'clients', 'totals');

/** Where the other list is: beside the rows, further out, or in an object of its own. */
const answers = fc
	.record({ rows, others, name, otherName, place: fc.constantFrom('beside', 'around', 'in an object', 'in meta') })
	.map(({ place, ...given }) => {
		const list = { [given.name]: given.rows };
		const beside = { [given.otherName]: given.others };
		const body: IDataObject = {
			beside: { ...beside, ...list },
			around: { ...beside, payload: list },
			'in an object': { extra: beside, payload: list },
			'in meta': { meta: beside, payload: list },
		}[place];
		return { body, rows: given.rows, place };
	});

test('another list never passes for the rows: the rows come, or the answer is refused', () => {
	fc.assert(
		fc.property(answers, ({ body, rows: wanted }) => {
			let found: IDataObject[];
			try {
				found = rowsOf(body);
			} catch (error) {
				expect((error as Error).message).toBe('The answer is a list in a shape that this version does not know');
				return;
			}
			expect(found).toEqual(wanted);
		}),
		{ numRuns: 2_000 },
	);
});

test.each<[string, IDataObject]>([
	['an only list', { orders: [{ id: 1 }] }],
	['an only list without IDs', { payload: { entries: [{ id: 1 }] }, ok: true }],
	['sums beside the rows', { data: [{ id: 1 }], totals: [{ currency: 'SEK', amount: 1 }] }],
	['other objects beside data', { data: [{ id: 1 }], clients: [{ id: 2 }] }],
	['sums in an object', { orders: [{ id: 1 }], summary: { byType: [{ type: 'a', count: 1 }] } }],
	['fields of the sorting in meta', { list: [{ id: 1 }], meta: { sort: [{ id: 'date' }] } }],
	['rows in a page', { page: { content: [{ id: 1 }], number: 0 } }],
	['links beside the rows', { orders: [{ id: 1 }], links: [{ id: 'x' }] }],
])('%s: the rows are read', (_name, body) => {
	expect(rowsOf(body)).toEqual([{ id: 1 }]);
});
