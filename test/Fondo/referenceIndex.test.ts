import type { IDataObject } from 'n8n-workflow';
import { ListOrderError, ReferenceIndex } from '../../nodes/Fondo/referenceIndex';
import type { SendRequest } from '../../nodes/shared/http/request';

interface Manner {
	readonly newestFirst: boolean;
	readonly exclusive: boolean;
	readonly cap: number;
	readonly integers: boolean;
}

const manners: Manner[] = [true, false].flatMap((newestFirst) =>
	[true, false].flatMap((exclusive) =>
		[3, 20, Infinity].flatMap((cap) => [true, false].map((integers) => ({ newestFirst, exclusive, cap, integers }))),
	),
);

/** One list of Fondo, whose rows come one after the other. */
class List {
	readonly rows: Array<{ number: number; row: IDataObject }> = [];
	calls = 0;
	breaksAt = Infinity;

	constructor(private readonly manner: Manner) {}

	/** A late row shows up behind one that came after it. */
	add(clientRef: string, isLate = false) {
		const number = Math.max(0, ...this.rows.map((one) => one.number)) + (isLate ? -5 : 10);
		this.rows.push({ number, row: { id: clientRef, clientRef, sortedId: this.keyOf(number) } });
	}

	private keyOf = (number: number) => (this.manner.integers ? number : `01J${String(number).padStart(8, '0')}`);

	readonly send: SendRequest = async ({ query = {} }) => {
		this.calls += 1;
		if (this.calls > this.breaksAt) throw new Error('The connection broke');
		const { newestFirst, exclusive, cap } = this.manner;
		const way = newestFirst ? -1 : 1;
		const sorted = [...this.rows].sort((one, other) => way * (one.number - other.number));
		const from = sorted.findIndex(({ row }) => String(row.sortedId) === query.start);
		const rest = query.start === undefined ? sorted : sorted.slice(from + (exclusive ? 1 : 0));
		const body = rest.slice(0, Math.min(Number(query.limit), cap)).map(({ row }) => row);
		return await Promise.resolve({ status: 200, headers: {}, body });
	};
}

const start = (manner: Manner) => {
	const list = new List(manner);
	const index = new ReferenceIndex('GET /list', { client_id: 'c' }, async (_key, work) => await work());
	const has = async (reference: string) => (await index.find(list.send, [reference], () => true))[0].length > 0;
	return { list, has };
};

const named = (manner: Manner) =>
	[
		manner.newestFirst ? 'newest first' : 'oldest first',
		manner.exclusive ? 'start exclusive' : 'start inclusive',
		`${manner.cap} rows a page`,
		manner.integers ? 'integers' : 'texts',
	].join(', ');

describe.each(manners.map((manner) => [named(manner), manner] as const))('a list with %s', (_name, manner) => {
	test('shows every reference, also those that come after a look', async () => {
		const { list, has } = start(manner);
		expect(await has('ref-1')).toBe(false);
		for (let count = 1; count <= 70; count += 1) {
			list.add(`ref-${count}`);
			// A look after every row at first, then after many.
			if (count > 5 && count % 30 !== 0) continue;
			expect(await has(`ref-${count}`)).toBe(true);
			expect(await has(`ref-${count + 1}`)).toBe(false);
		}
		for (const old of ['ref-1', 'ref-2', 'ref-37']) expect(await has(old)).toBe(true);
	});

	test('shows a row that shows up behind others', async () => {
		const { list, has } = start(manner);
		for (let count = 1; count <= 60; count += 1) list.add(`ref-${count}`);
		expect(await has('late')).toBe(false);
		list.add('late', true);
		expect(await has('late')).toBe(true);
	});

	test('is read to its end after a reading that broke', async () => {
		const { list, has } = start(manner);
		for (let count = 1; count <= 70; count += 1) list.add(`ref-${count}`);
		list.breaksAt = 1;
		await expect(has('ref-1')).rejects.toThrow('The connection broke');
		list.breaksAt = Infinity;
		for (const one of ['ref-1', 'ref-35', 'ref-70']) expect(await has(one)).toBe(true);
	});

	test('takes one call where nothing is new', async () => {
		const { list, has } = start(manner);
		for (let count = 1; count <= 70; count += 1) list.add(`ref-${count}`);
		await has('none');
		const before = list.calls;
		await has('none');
		// A page of three rows cannot repeat a hundred.
		expect(list.calls - before).toBeLessThanOrEqual(manner.cap === 3 ? 40 : manner.cap === 20 ? 5 : 1);
	});
});

test.each([
	['in no order', [3, 1, 2]],
	['that turn', [1, 2, 1]],
	['that are equal', [1, 1]],
])('rows with keys %s prove nothing', async (_name, keys) => {
	const index = new ReferenceIndex('GET /list', { client_id: 'c' }, async (_key, work) => await work());
	const body = keys.map((key, at) => ({ id: `row-${at}`, clientRef: `ref-${at}`, sortedId: `01J${key}` }));
	const send: SendRequest = async () => await Promise.resolve({ status: 200, headers: {}, body });
	await expect(index.find(send, ['none'], () => true)).rejects.toThrow(ListOrderError);
});
