import type { IDataObject } from 'n8n-workflow';
import { byPageNumber, bySortedId, bySortedIdIfAny, inOneCall, type Paging } from '../../../nodes/shared/http/pagination';
import { fitPageSize } from '../../../nodes/shared/http/pageSize';
import type { ApiRequest, SendRequest } from '../../../nodes/shared/http/request';

const PAGE = 5;
const COUNTS = [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 1];

let calls: ApiRequest[];
beforeEach(() => (calls = []));

const server =
	(body: (query: IDataObject) => unknown): SendRequest =>
	async (request) => {
		calls.push(request);
		if (calls.length > 50) throw new Error('This would go on for ever');
		return { status: 200, headers: {}, body: body(request.query ?? {}) };
	};

async function all(
	paging: Paging,
	send: SendRequest,
	request: ApiRequest = { route: 'GET /accounts/' },
	size = PAGE,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const { rows } of paging(send, request, size)) found.push(...rows);
	return found;
}

const rows = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, sortedId: `01J${String(index).padStart(6, '0')}` }));

describe('by the sortedId of the last row', () => {
	const list = (data: IDataObject[], cursor: 'inclusive' | 'exclusive', cap = Infinity) =>
		server(({ start, limit }) =>
			data
				.filter(
					({ sortedId }) =>
						start === undefined || (cursor === 'inclusive' ? String(sortedId) >= String(start) : String(sortedId) > String(start)),
				)
				.slice(0, Math.min(Number(limit), cap)),
		);

	describe.each(['inclusive', 'exclusive'] as const)('with an %s start', (cursor) => {
		test.each(COUNTS)('%i rows', async (count) => {
			expect(await all(bySortedId, list(rows(count), cursor))).toEqual(rows(count));
		});

		test.each(COUNTS)('%i rows of a server that caps pages silently', async (count) => {
			expect(await all(bySortedId, list(rows(count), cursor, 2), undefined, 1_000)).toEqual(rows(count));
		});

		test('a page of one row, as a limit of one asks for', async () => {
			expect(await all(bySortedId, list(rows(4), cursor), undefined, 1)).toEqual(rows(4));
		});

		test('from a start of the user, without the row itself', async () => {
			expect(await all(bySortedId, list(rows(9), cursor), { route: 'GET /orders', query: { start: rows(9)[3].sortedId } })).toEqual(
				rows(9).slice(4),
			);
		});

		test('rows that come in while reading are read', async () => {
			const data: IDataObject[] = rows(PAGE);
			const send = list(data, cursor);
			const growing: SendRequest = async (request) => {
				const answer = await send(request);
				if (calls.length === 1) data.push({ id: 'late', sortedId: '01K' });
				return answer;
			};
			expect((await all(bySortedId, growing)).map(({ id }) => id)).toEqual([...rows(PAGE).map(({ id }) => id), 'late']);
		});
	});

	test('rows without a sortedId cannot be paged: the first call is the last', async () => {
		expect(
			await all(
				bySortedId,
				server(() => [{ id: 1 }, { id: 2 }]),
			),
		).toEqual([{ id: 1 }, { id: 2 }]);
		expect(calls).toHaveLength(1);
	});

	test('a server that knows no start may have given a part of its list', async () => {
		const ignoring = server(() => rows(3));
		await expect(all(bySortedId, ignoring)).rejects.toThrow('The list could not be read to its end');
	});

	test('filters go with every page', async () => {
		await all(bySortedId, list(rows(7), 'inclusive'), { route: 'GET /accounts', path: { client_id: 'c' }, query: { ssn: '197001010003' } });
		expect(calls.length).toBeGreaterThan(1);
		for (const { path, query } of calls)
			expect({ path, query }).toMatchObject({ path: { client_id: 'c' }, query: { ssn: '197001010003', limit: PAGE } });
	});

	test('reads no further than it is asked to', async () => {
		for await (const { rows: page } of bySortedId(list(rows(50), 'inclusive'), { route: 'GET /accounts' }, PAGE))
			if (page.length > 0) break;
		expect(calls).toHaveLength(1);
	});
});

describe('without a sortedId, and at first without a limit', () => {
	const keyless = (count: number, size: (limit: number | undefined) => number) =>
		server(({ limit }) =>
			Array.from({ length: count }, (_, index) => ({ id: index })).slice(0, size(limit === undefined ? undefined : Number(limit))),
		);
	const whole = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

	test.each([0, 3, 117, 120, 1_234])('%i rows come in one call', async (count) => {
		expect(
			await all(
				bySortedIdIfAny,
				keyless(count, (limit = Infinity) => limit),
			),
		).toEqual(whole(count));
		expect(calls.map(({ query }) => query?.limit)).toEqual([undefined]);
	});

	test('a page of the size that an API has without a limit is not the end', async () => {
		expect(
			await all(
				bySortedIdIfAny,
				keyless(117, (limit = 50) => limit),
			),
		).toEqual(whole(117));
		expect(calls).toHaveLength(2);
	});

	test.each([20, 25, 50, 100, 500, 1_000])('a silent cap of %i rows is refused, and the rows before come first', async (cap) => {
		const capped = keyless(cap + 17, (limit = Infinity) => Math.min(limit, cap));
		const found: IDataObject[] = [];
		const reading = async () => {
			for await (const { rows: page } of bySortedIdIfAny(capped, { route: 'GET /instruments' })) found.push(...page);
		};
		await expect(reading()).rejects.toThrow('The list could not be read to its end');
		expect(found).toEqual(whole(cap));
	});

	test('a size that the API refuses, and another that it takes, do not prove the end', async () => {
		const limited = keyless(117, (limit = 50) => limit);
		const taken: SendRequest = async (request) => {
			const { limit } = request.query ?? {};
			if (limit === undefined || Number(limit) <= 100) return await limited(request);
			return { status: 400, headers: {}, body: {} };
		};
		await expect(all(bySortedIdIfAny, fitPageSize(new Map())(taken))).rejects.toThrow('The list could not be read to its end');
	});
});

describe('by page number', () => {
	const cut = (data: IDataObject[], { page = 1, page_size = 50 }: IDataObject, cap = Infinity) => {
		const size = Math.min(Number(page_size), cap);
		return {
			results: data.slice((Number(page) - 1) * size, Number(page) * size),
			more: Number(page) * size < data.length,
			next: Number(page) + 1,
			size: Number(page_size),
		};
	};
	const wrapped = (data: IDataObject[], { cap = Infinity, base = 'https://api.example.se/public/accounts/', name = 'results' } = {}) =>
		server((query) => {
			const { results, more, next, size } = cut(data, query, cap);
			return { count: data.length, next: more ? `${base}?page=${next}&page_size=${size}` : null, previous: null, [name]: results };
		});
	const bare = (data: IDataObject[], cap = Infinity) => server((query) => cut(data, query, cap).results);

	test.each(COUNTS)('%i rows in a wrapper with next', async (count) => {
		expect(await all(byPageNumber, wrapped(rows(count)))).toEqual(rows(count));
		expect(calls).toHaveLength(Math.max(Math.ceil(count / PAGE), 1));
	});

	test.each(COUNTS)('%i rows in a wrapper of a server that caps pages silently', async (count) => {
		expect(await all(byPageNumber, wrapped(rows(count), { cap: 2 }), undefined, 1_000)).toEqual(rows(count));
	});

	test.each(COUNTS)('%i rows as a bare array', async (count) => {
		expect(await all(byPageNumber, bare(rows(count)))).toEqual(rows(count));
	});

	test.each(COUNTS)('%i rows as a bare array of a server that caps pages silently', async (count) => {
		expect(await all(byPageNumber, bare(rows(count), 2), undefined, 1_000)).toEqual(rows(count));
	});

	test.each(['data', 'items'])('rows under `%s`', async (name) => {
		expect(await all(byPageNumber, wrapped(rows(6), { name }))).toEqual(rows(6));
	});

	test('next where it is not known which server answered: only its query counts, the call stays with us', async () => {
		expect(await all(byPageNumber, wrapped(rows(6), { base: 'https://api.example/accounts/' }))).toEqual(rows(6));
		expect(JSON.stringify(calls)).not.toContain('example');
	});

	test('next as a path alone', async () => {
		expect(await all(byPageNumber, wrapped(rows(6), { base: '/public/accounts/' }))).toEqual(rows(6));
	});

	test('next with a cursor instead of a number', async () => {
		const send = server(({ cursor }) =>
			cursor === undefined ? { next: '/accounts/?cursor=abc', results: rows(2) } : { next: null, results: [{ id: 'last' }] },
		);
		expect((await all(byPageNumber, send)).map(({ id }) => id)).toEqual(['id-0', 'id-1', 'last']);
	});

	test.each(['next', 'next_cursor'])('`%s` as a bare cursor', async (name) => {
		const send = server(({ cursor }) =>
			cursor === undefined ? { [name]: 'eyJ/a==', results: rows(2) } : { [name]: null, results: [{ id: String(cursor) }] },
		);
		expect((await all(byPageNumber, send)).map(({ id }) => id)).toEqual(['id-0', 'id-1', 'eyJ/a==']);
	});

	test('next as the number of a page', async () => {
		const send = server(({ page = 1 }) => ({ next: page === 1 ? 2 : null, results: [{ id: `page ${String(page)}` }] }));
		expect((await all(byPageNumber, send)).map(({ id }) => id)).toEqual(['page 1', 'page 2']);
	});

	test.each<[string, () => IDataObject]>([
		['a cursor that leads back to the same rows', () => ({ next: 'abc', results: rows(2) })],
		['a URL that leads back to the same rows', () => ({ next: `/accounts/?page=${calls.length + 1}`, results: rows(2) })],
		['empty pages without end', () => ({ next_cursor: `c${calls.length}`, results: [] })],
		['more rows by its count than its pages bring', () => ({ count: 3, results: rows(2) })],
		['more rows by its total than its pages bring', () => ({ total: 3, results: rows(2) })],
	])('%s: a part of a list never passes for the whole', async (_, answer) => {
		await expect(all(byPageNumber, server(answer))).rejects.toThrow('The list could not be read to its end');
	});

	test.each<[string, IDataObject[]]>([
		['a total that is an amount', [{ data: [{ id: 'a' }], total: '1250000.50' }]],
		['rows without an ID that are alike', [{ count: 2, items: [{ amount: '1.00' }, { amount: '1.00' }] }]],
		[
			'a row that came in while reading',
			[
				{ count: 1, items: [{ id: 'a' }] },
				{ count: 2, items: [] },
			],
		],
		['next that says no', [{ next: false, results: [{ id: 'a' }] }]],
		[
			'pages that begin alike',
			[
				{ next: 'x', results: [{ kind: 'fee' }, { id: 'a' }] },
				{ next: null, results: [{ kind: 'fee' }, { id: 'b' }] },
			],
		],
		[
			'a cursor that looks like a path',
			[
				{ next_cursor: '/9j4AA==', results: [{ id: 'a' }] },
				{ next_cursor: null, results: [{ id: 'b' }] },
			],
		],
		[
			'an empty next beside a cursor',
			[
				{ next: '', next_cursor: 'x', results: [{ id: 'a' }] },
				{ next: '', results: [{ id: 'b' }] },
			],
		],
	])('%s: the list is read to its end', async (_, pages) => {
		const given = pages.flatMap(({ results, data, items }) => (results ?? data ?? items) as IDataObject[]);
		const read = await all(
			byPageNumber,
			server(() => pages[Math.min(calls.length, pages.length) - 1]),
		);
		expect(read).toEqual(given);
	});

	test('next that points at its own page ends, without a row twice', async () => {
		const send = server(({ page = '1' }) => ({
			next: `https://api.example.se/accounts/?page=${String(page)}&page_size=5`,
			results: rows(5),
		}));
		expect(await all(byPageNumber, send)).toEqual(rows(5));
	});

	test('next that goes round in a circle ends, without a row twice', async () => {
		const send = server(({ page = 1 }) => ({
			next: `?page=${Number(page) === 1 ? 2 : 1}`,
			results: Number(page) === 1 ? rows(5) : [{ id: 'second' }],
		}));
		expect((await all(byPageNumber, send)).map(({ id }) => id)).toEqual([...rows(5).map(({ id }) => id), 'second']);
	});

	test.each([[[] as IDataObject[]], [rows(3)], [rows(PAGE)]])(
		'a server that ignores the page number ends, without a row twice',
		async (data) => {
			expect(
				await all(
					byPageNumber,
					server(() => data),
				),
			).toEqual(data);
		},
	);

	test('rows without an ID that look alike on one page are all kept', async () => {
		const alike = [{ amount: '1.00' }, { amount: '1.00' }];
		expect(
			await all(
				byPageNumber,
				server(({ page = 1 }) => (Number(page) === 1 ? alike : [])),
			),
		).toEqual(alike);
	});

	test('filters go with every page, also where next leaves them out', async () => {
		const send = server(({ page = 1 }) => ({ next: Number(page) < 3 ? `?page=${Number(page) + 1}` : null, results: [{ id: page }] }));
		await all(byPageNumber, send, { route: 'GET /transactions', query: { account_id: 'a-1' } });
		expect(calls.map(({ query }) => query?.account_id)).toEqual(['a-1', 'a-1', 'a-1']);
		expect(calls.map(({ query }) => query?.page_size)).toEqual([PAGE, PAGE, PAGE]);
	});

	test('a page that the user set is where it begins', async () => {
		expect(await all(byPageNumber, wrapped(rows(12)), { route: 'GET /accounts/', query: { page: 2 } })).toEqual(rows(12).slice(5));
	});
});

describe.each<[string, Paging]>([
	['by start', bySortedId],
	['by page', byPageNumber],
])('the last page by its own number that completes the count, %s', (_, paging) => {
	const meta = (page: number, last: number, total: number) => ({ total, current_page: page, last_page: last });
	const list = (data: IDataObject[], announced = data.length) =>
		server(({ page = 1 }) => {
			const at = Number(page);
			return { data: data.slice((at - 1) * PAGE, at * PAGE), meta: meta(at, Math.ceil(data.length / PAGE), announced) };
		});

	test.each(COUNTS.filter((count) => count > 0))('%i rows take no further call', async (count) => {
		expect(await all(paging, list(rows(count)))).toEqual(rows(count));
		expect(calls).toHaveLength(Math.ceil(count / PAGE));
	});

	test('is not the end where more rows are announced', async () => {
		await expect(all(paging, list(rows(3), 4))).rejects.toThrow('The list could not be read to its end');
	});
});

test('in one call', async () => {
	expect(
		await all(
			inOneCall,
			server(() => ({ results: rows(3) })),
		),
	).toEqual(rows(3));
	expect(calls).toHaveLength(1);
});

test('what leads to the following page does not grow with the pages that were read', async () => {
	const pages = 3_000;
	const numbered: SendRequest = async ({ query }) => {
		const page = Number(query?.page ?? 1);
		const next = page < pages ? `https://x.example/accounts/?page=${page + 1}` : null;
		return { status: 200, headers: {}, body: { count: pages, next, results: [{ id: `id-${page}` }] } };
	};
	let read = 0;
	let longest = 0;
	for await (const { rows: some, next } of byPageNumber(numbered, { route: 'GET /accounts/' }, 1)) {
		read += some.length;
		longest = Math.max(longest, JSON.stringify(next ?? {}).length);
	}
	expect(read).toBe(pages);
	expect(longest).toBeLessThan(6_000);
});
