/** Lists of vendors that page in their own way (L1, L2, L3, L8, L9): all rows come, or the node says that they do not. */
import type { INodeParameters } from 'n8n-workflow';
import { Engine, type Run } from '../../support/n8n';
import { byId } from '../../support/samples';
import { useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';
import { sortedLists } from './foreignSortedLists';
import { CAP, type ListShape, pagedLists, type Row } from './foreignVendor';

const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const SIZES = [0, 1, CAP, 3 * CAP + 2];
const REFUSALS =
	/could not be read to its end|in a shape that this version does not know|is not a list|not in the order|something other than JSON/;

const rowsOf = (count: number, make: (row: Row, index: number) => Row = (row) => row) =>
	Array.from({ length: count }, (_, index) =>
		make({ id: `row-${index}`, name: `row ${index}`, modifiedDate: new Date(1_770_000_000_000 + index * 60_000).toISOString() }, index),
	);

function serve(shape: ListShape, rows: Row[]) {
	server.reset();
	server.answer = (call, count) => {
		if (count > 60) throw new Error('This would go on for ever');
		return shape.answer(rows, call);
	};
}

const apis = {
	finvis: {
		shapes: pagedLists.map((one) => ({ ...one, make: (row: Row) => row })),
		resource: 'account',
		locator: 'searchBankAccount',
		parameters: {},
	},
	fondo: { shapes: sortedLists, resource: 'order', locator: 'searchOrder', parameters: { client: byId('c-1') } },
} as const;

const idsOf = (rows: unknown[]) => rows.map((row) => String((row as Row).id));
const inOrder = (ids: string[]) => [...ids].sort((left, right) => Number(left.slice(4)) - Number(right.slice(4)));

describe.each(Object.entries(apis))('%s', (name, { shapes, resource, locator, parameters }) => {
	let kept: Engine | undefined;
	const engine = () =>
		(kept ??= new Engine(name as 'fondo' | 'finvis', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' }));
	const many = async (more: object): Promise<Run> =>
		await engine().run({ resource, operation: 'getMany', parameters: { ...parameters, ...more } as INodeParameters });

	/** Nothing but the whole, or a refusal that says what to do. */
	function judge({ verdict }: ListShape, size: number, ids: string[], error: Run['error']) {
		if (error === undefined) return expect(inOrder(ids)).toEqual(idsOf(rowsOf(size)));
		expect({ verdict, message: error.message }).toEqual({ verdict: 'works or refused', message: expect.stringMatching(REFUSALS) });
		expect(error.description).toMatch(/\S/);
	}

	test.each(shapes)('Return All: $name', async (shape) => {
		for (const size of SIZES) {
			serve(shape, rowsOf(size, shape.make));
			const { json, error } = await many({ returnAll: true });
			judge(shape, size, idsOf(json), error);
		}
	});

	test.each(shapes)('Limit: $name', async (shape) => {
		for (const size of SIZES)
			for (const limit of [1, CAP + 2]) {
				serve(shape, rowsOf(size, shape.make));
				const { json, error } = await many({ limit });
				if (error === undefined) {
					expect({ size, limit, rows: json.length }).toEqual({ size, limit, rows: Math.min(size, limit) });
					expect(new Set(idsOf(json)).size).toBe(json.length);
				} else judge(shape, size, [], error);
			}
	});

	test.each(shapes)('Process in Pages: $name', async (shape) => {
		for (const size of SIZES) {
			serve(shape, rowsOf(size, shape.make));
			const ids: string[] = [];
			let failed: Run['error'];
			let next: unknown = '';
			for (let pages = 0; next !== null && failed === undefined; pages += 1) {
				expect(pages).toBeLessThan(30);
				const { json, error } = await many({ limit: CAP, processInPages: true, startAfter: next });
				failed = error;
				const page = json[0] as { rows?: Row[]; next?: string | null } | undefined;
				ids.push(...idsOf(page?.rows ?? []));
				next = page?.next ?? null;
			}
			judge(shape, size, ids, failed);
		}
	});

	test.each(shapes)('the list of a locator: $name', async (shape) => {
		for (const size of SIZES) {
			serve(shape, rowsOf(size, shape.make));
			const ids: string[] = [];
			let failed: Run['error'];
			let token: string | undefined;
			for (let pages = 0; failed === undefined; pages += 1) {
				expect(pages).toBeLessThan(30);
				const page = await engine()
					.list(locator, { parameters }, undefined, token)
					.catch((error: Error) => void (failed = Object.assign(error, { description: error.message }) as never));
				ids.push(...(page?.results ?? []).map(({ value }) => String(value)));
				token = page?.paginationToken as string | undefined;
				if (token === undefined) break;
			}
			judge(shape, size, ids, failed);
		}
	});
});
