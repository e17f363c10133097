import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';
import type { Field, Fields } from '../nodes/shared/fields/field';
import type { Operation } from '../nodes/shared/operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from '../nodes/shared/resource';
import { anyText } from './support/anyText';
import { apis, operationsIn } from './support/contract';
import { tries } from './support/holds';
import { Engine, type Run } from './support/n8n';
import { withinMs } from './support/timeLimit';
import { useServer, type Reply } from './support/server';
import { giveTimeBack, takeTime } from './support/time';

const SECRET = 'the-secret-of-the-client';
const TOKEN = 'the-token-of-the-client';
const HANG_MS = 20_000;
const MOST_MS = 6_000;
const PATIENCE_MS = 90_000;

const server = useServer();
const logged: string[] = [];
beforeAll(async () => {
	const log = (...parts: unknown[]) =>
		void logged.push(parts.map((part) => (part instanceof Error ? part.stack : JSON.stringify(part))).join(' '));
	LoggerProxy.init({ error: log, warn: log, info: log, debug: log } as never);
	// Every wait advances the clock, so a call that an API always refuses ends with the time budget at once.
	takeTime(Date.now());
});
afterAll(async () => {
	giveTimeBack();
});
beforeEach(() => {
	logged.length = 0;
	server.reset();
	giveTokens();
});

const giveTokens = () => (server.token = () => ({ body: { access_token: TOKEN, expires_in: 3600 } }));

function nested(depth: number): IDataObject {
	let value: IDataObject = {};
	for (let level = 0; level < depth; level += 1) value = { value };
	return value;
}

const POLLUTING = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
const texts = [
	'',
	' ',
	'.',
	'..',
	'../../../auth/token',
	'..%2f..%2f',
	'%2e%2e/',
	'a/b?c=d#e',
	'a\\..\\b',
	'x\r\nX-Injected: yes\r\n\r\nGET /',
	'\n',
	'\0',
	'\ud800',
	'\udfff x',
	'__proto__',
	'constructor',
	'toString',
	POLLUTING,
	'{{ $json }}',
	'${process.env}',
	'9'.repeat(400),
	'ö'.repeat(50_000),
	'[]',
	'null',
	'-0',
	'1e309',
	'2026-02-30',
	'0000-00-00',
	'<script>alert(1)</script>',
];
const oddities: unknown[] = [
	NaN,
	Infinity,
	-Infinity,
	-0,
	0.1 + 0.2,
	2 ** 60,
	1e308,
	true,
	false,
	null,
	undefined,
	new Date(NaN),
	new Date(8.64e15),
	[],
	{},
	[[[]]],
	nested(1_000),
	JSON.parse(POLLUTING),
	{ rows: [] },
	{ rows: [null, 1, 'x', { __proto__: null }] },
	{ rows: 'x' },
	{ __rl: true, mode: 'id', value: { value: 1 } },
	{ toString: 'x' },
];
const hostile = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...texts) },
	{ weight: 4, arbitrary: fc.constantFrom(...oddities) },
	{ weight: 1, arbitrary: anyText() },
	{ weight: 1, arbitrary: fc.anything({ maxDepth: 3, withDate: true, withNullPrototype: true }) },
);

const plainAnswer = fc.oneof(
	fc.json({ maxDepth: 4 }),
	fc.constantFrom(
		'',
		'null',
		'[]',
		'[null, 1, "x", [[]]]',
		'{"results":[null],"next":"?page=2"}',
		'{"results":[{"id":"1"}],"next":"https://elsewhere.example/?page=2"}',
		'{"results":{},"next":7}',
		`[${POLLUTING}]`,
		POLLUTING,
		`{"error":${POLLUTING},"message":["x"]}`,
		'{"error":{"error":{"error":null}}}',
		'[{"sortedId":"b","clientRef":"r"},{"sortedId":"a"}]',
		'[{"sortedId":{},"clientRef":[]}]',
		'{"id":1e400,"amount":123456789012345678901234567890}',
		'"\\ud800"',
		'"x',
		'<h1>Welcome</h1>',
		`${'['.repeat(1_000)}${']'.repeat(1_000)}`,
		`{"text":"${'x'.repeat(200_000)}"}`,
	),
);
const header = fc.constantFrom('', '-1', '0', '1e9', '99999999999999999999', 'soon', 'Wed, 21 Oct 2015 07:28:00 GMT', '{}');
const answer: fc.Arbitrary<Reply | undefined> = fc.option(
	fc.record({
		status: fc.oneof(
			fc.constantFrom(200, 200, 200, 201, 204, 301, 303, 308, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503),
			fc.integer({ min: 200, max: 599 }),
		),
		headers: fc.record({
			'content-type': fc.constantFrom('application/json', 'text/html', 'application/pdf', ''),
			'retry-after': header,
			'x-ratelimit-limit': header,
			'x-ratelimit-remaining': header,
			'x-ratelimit-reset': header,
			location: fc.constantFrom('', '/', '//elsewhere.example/', 'https://elsewhere.example/', 'javascript:x', '%'),
			'x-request-id': fc.constantFrom('', '__proto__', 'x'.repeat(1_000)),
		}),
		body: plainAnswer,
	}),
	{ nil: undefined, freq: 15 },
);

const fieldsOf = (operation: Operation): Fields => ({ ...mainFieldsOf(operation), ...operation.perRow });

const shownIn = (property: Field<unknown>['property'], value: unknown) =>
	property.type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;

/** The node as its panel has it, filled with examples, but for the fields that take what the item says. */
function settingsOf(at: string, operation: Operation, taken: readonly string[]) {
	const valueOf = (name: string, { property, example }: Field<unknown>) =>
		shownIn(property, taken.includes(name) ? `={{ $json.${name} }}` : property.type === 'fixedCollection' ? { rows: example } : example);
	const parameters = Object.fromEntries(Object.entries(fieldsOf(operation)).map(([name, field]) => [name, valueOf(name, field)]));
	const collection = Object.fromEntries(
		Object.entries(optionalFieldsOf(operation))
			.filter(([name]) => taken.includes(name))
			.map(([name, field]) => [name, valueOf(name, field)]),
	);
	const [resource, key] = at.split('.');
	return {
		resource,
		operation: key,
		parameters: { ...parameters, [collectionNameOf(operation)]: collection, returnAll: false, limit: 3 } as unknown as INodeParameters,
	};
}

/** Every run must end in items, or in an error of n8n with a message and an item. */
async function endsWell(engine: Engine, settings: ReturnType<typeof settingsOf>, items: IDataObject[]): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const hang = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('It hangs')), HANG_MS);
	});
	const run = await Promise.race([engine.run(settings, items), hang]).catch((error: Error): Run => {
		// n8n itself looks at what is required before it runs anything.
		if (error.name !== 'WorkflowHasIssuesError') throw error;
		return { status: 'error', items: [], json: [], outputs: [], hints: [], customData: {} };
	});
	clearTimeout(timer);
	if (run.error !== undefined) {
		const { name, message, context } = run.error;
		expect(['NodeApiError', 'NodeOperationError']).toContain(name);
		expect(message).not.toBe('');
		expect(context.itemIndex).toBe(0);
	}
	const shown = [
		run.error?.message,
		run.error?.description,
		JSON.stringify(run.error?.context),
		...run.json.map((json) => JSON.stringify(json)),
		...logged,
	];
	expect(shown.filter((text) => text?.includes(SECRET) || text?.includes(TOKEN))).toEqual([]);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	for (const { headers } of server.received) expect(headers).not.toHaveProperty('x-injected');
}

describe.each(apis)('every operation of $contract.name', ({ contract, resources }) => {
	const operations = operationsIn(resources);
	const engine = () =>
		new Engine(contract.name as 'fondo' | 'finvis', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: SECRET });
	const anyOperation = fc.constantFrom(...operations.map(({ at }) => at));
	const called = (at: string) => operations.filter((one) => one.at === at)[0].operation;
	// A path of the contract, its parameters being one segment each whatever is in them.
	const paths = [...contract.byRoute.keys()].map((route) => {
		const [method, template] = route.split(' ');
		return { method, path: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}/?$`) };
	});

	test(
		'survives what a field may be given',
		async () => {
			const given = anyOperation.chain((at) => {
				const names = Object.keys({ ...fieldsOf(called(at)), ...optionalFieldsOf(called(at)) });
				const values = fc.dictionary(fc.constantFrom(...names, 'reference'), hostile, { minKeys: 1, maxKeys: 3 });
				return fc.tuple(fc.constant(at), values);
			});
			await fc.assert(
				fc.asyncProperty(
					given,
					withinMs(MOST_MS, async ([at, values]) => {
						server.received.length = 0;
						server.answer = ({ method }) => (method === 'GET' ? { body: [] } : { body: { id: 'made' } });
						await endsWell(engine(), settingsOf(at, called(at), Object.keys(values)), [values as IDataObject]);
						for (const { method, path } of server.received)
							expect(paths.some((one) => one.method === method && one.path.test(path)) ? '' : `${method} ${path}`).toBe('');
					}),
				),
				{ numRuns: tries(300) },
			);
		},
		PATIENCE_MS,
	);

	test(
		'survives every response of an API',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					anyOperation,
					fc.array(answer, { minLength: 1, maxLength: 4 }),
					withinMs(MOST_MS, async (at, answers) => {
						server.received.length = 0;
						server.answer = (_, count) => answers[count % answers.length];
						await endsWell(engine(), settingsOf(at, called(at), []), [{}]);
					}),
				),
				{ numRuns: tries(300) },
			);
		},
		PATIENCE_MS,
	);

	test(
		'survives what may come instead of a token',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					anyOperation,
					answer,
					withinMs(MOST_MS, async (at, token) => {
						server.token = () => token ?? { status: 502 };
						await endsWell(engine(), settingsOf(at, called(at), []), [{}]);
						giveTokens();
					}),
				),
				{ numRuns: tries(60) },
			);
		},
		PATIENCE_MS,
	);
});
