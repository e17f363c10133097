import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { apis, operationsIn } from '../../support/contract';
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';

/** How the servers of this suite page. `cap` is what they silently give at most, whatever was asked for. */
interface Manner {
	readonly name: string;
	readonly cursor?: 'inclusive' | 'exclusive';
	readonly list?: 'wrapped' | 'bare';
	readonly cap: number;
}

const PAGE = 5;
const sizes = [0, 1, PAGE, PAGE + 1, 3 * PAGE + 1];

const manners: Record<string, Manner[]> = {
	fondo: [
		{ name: 'an inclusive cursor', cursor: 'inclusive', cap: Infinity },
		{ name: 'an inclusive cursor and a silent cap', cursor: 'inclusive', cap: PAGE },
		{ name: 'an exclusive cursor and a silent cap', cursor: 'exclusive', cap: PAGE },
	],
	finvis: [
		{ name: 'pages with next', list: 'wrapped', cap: PAGE },
		{ name: 'bare arrays and a silent cap', list: 'bare', cap: PAGE },
	],
};

/** Lists without paging in the contract: they come in one call. */
const inOneCall = ['agreement.getManyTypes', 'allocationPlan.getMany', 'custodian.getMany', 'paymentInstruction.getPayments'];

let server: Server;
let manner: Manner;
let rows: Array<{ id: string; sortedId?: string }>;

function pageOf(url: URL): unknown {
	const ask = (name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise);
	if (manner.list !== undefined) {
		const size = Math.min(ask('page_size', 50), manner.cap);
		const page = ask('page', 1);
		const results = rows.slice((page - 1) * size, page * size);
		if (manner.list === 'bare') return results;
		const next = new URL(url);
		next.searchParams.set('page', String(page + 1));
		return { count: rows.length, next: page * size < rows.length ? next.href : null, previous: null, results };
	}
	const start = url.searchParams.get('start') ?? '';
	const from = rows.filter(({ sortedId = 'z' }) => start === '' || (manner.cursor === 'inclusive' ? sortedId >= start : sortedId > start));
	return from.slice(0, Math.min(ask('limit', Infinity), manner.cap));
}

beforeAll(async () => {
	server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		const url = new URL(request.url ?? '', `http://${request.headers.host}`);
		response.end(JSON.stringify(url.pathname.includes('/token') ? { access_token: 't', expires_in: 3600 } : pageOf(url)));
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

describe.each(apis)('every list of $contract.name', ({ contract, resources }) => {
	const lists = operationsIn(resources).filter(({ operation }) => 'returnAll' in operation.output.fields);
	const engine = () =>
		new Engine(contract.name, {
			environment: 'custom',
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			clientId: 'a',
			clientSecret: 'b',
		});

	test('is known here, or would not be read', () => {
		expect(lists.length).toBeGreaterThan(7);
		if (contract.name === 'fondo') expect(lists.map(({ at }) => at)).toEqual(expect.arrayContaining(inOneCall));
	});

	const cases = lists.flatMap(({ at }) =>
		manners[contract.name]
			.filter(({ cap }) => cap === Infinity || !(contract.name === 'fondo' && inOneCall.includes(at)))
			.map((how) => ({ at, how })),
	);

	test.each(cases)('$at is read whole, with $how.name', async ({ at, how }) => {
		const [resource, operation] = at.split('.');
		const given = ['client', 'account', 'paymentInstruction'].map((name) => [name, byId(`${name}-1`)]);
		manner = how;
		for (const size of sizes) {
			rows = Array.from({ length: size }, (_, index) => ({ id: `row-${index}`, sortedId: `01H${String(index).padStart(5, '0')}` }));
			const { json, error } = await engine().run({
				resource,
				operation,
				parameters: { ...Object.fromEntries(given), returnAll: true } as INodeParameters,
			});
			expect(error?.message).toBeUndefined();
			expect({ size, ids: json.map(({ id }) => id) }).toEqual({ size, ids: rows.map(({ id }) => id) });
			const some = await engine().run({
				resource,
				operation,
				parameters: { ...Object.fromEntries(given), limit: PAGE + 1 } as INodeParameters,
			});
			expect(some.json).toHaveLength(Math.min(size, PAGE + 1));
		}
	});

	const paged = cases.filter(({ at }) => {
		const { output } = lists.find((one) => one.at === at)?.operation ?? {};
		return output !== undefined && 'processInPages' in output.fields;
	});

	test('all lists but those without pages can be processed in pages', () => {
		const none = lists.map(({ at }) => at).filter((at) => !paged.some((one) => one.at === at));
		expect(none).toEqual(contract.name === 'fondo' ? expect.arrayContaining(inOneCall) : []);
		expect(none.length).toBeLessThan(7);
	});

	test.each(paged)('$at comes page by page, each as one item, with $how.name', async ({ at, how }) => {
		const [resource, operation] = at.split('.');
		const given = ['client', 'account', 'paymentInstruction'].map((name) => [name, byId(`${name}-1`)]);
		manner = how;
		for (const size of sizes) {
			rows = Array.from({ length: size }, (_, index) => ({ id: `row-${index}`, sortedId: `01H${String(index).padStart(5, '0')}` }));
			const ids: unknown[] = [];
			let next: unknown = '';
			for (let pages = 0; next !== null; pages += 1) {
				expect(pages).toBeLessThan(20);
				const { json, error } = await engine().run({
					resource,
					operation,
					parameters: { ...Object.fromEntries(given), limit: PAGE, processInPages: true, startAfter: next } as INodeParameters,
				});
				expect(error?.message).toBeUndefined();
				expect(json).toHaveLength(1);
				const page = json[0] as { rows: Array<{ id: string }>; next: string | null };
				expect(page.rows.length).toBeLessThanOrEqual(PAGE);
				ids.push(...page.rows.map(({ id }) => id));
				next = page.next;
			}
			expect({ size, ids }).toEqual({ size, ids: rows.map(({ id }) => id) });
		}
	});
});
