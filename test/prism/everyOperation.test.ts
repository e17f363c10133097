import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { expected, fourEyes, limitPerPayment } from '../../nodes/Finvis/controls/fields';
import type { Operation } from '../../nodes/shared/operation';
import { isPreview } from '../../nodes/shared/resource';
import { apis, operationsIn } from '../support/contract';
import { Engine, type Run } from '../support/n8n';
import { withPlan } from '../support/plan';
import { byId } from '../support/samples';
import { giveTimeBack, takeTime } from '../support/time';
import { documentedBy } from './documented';
import { formsOf, type Instead } from './forms';
import { startListener, startWitness } from './witness';

const prism = JSON.parse(process.env.FONDO_FINVIS_PRISM ?? 'null') as Record<string, string> | null;
if (prism === null) throw new Error('Prism is not running: start this suite with `npm run test:prism`');

/** The tenant of the contract's examples: a token for another one would be refused. */
const tenantId = '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e';
/** The reference of the one order in the contract's examples. */
const knownReference = 'my_order_123';

const credentials: Record<string, IDataObject[]> = {
	fondo: [{}, { scope: 'account:read, account:write' }],
	finvis: [{}, { tenantId }, { tenantMode: 'partner', tenantId }],
};

const isOf = (route: string) => {
	const [method, template] = route.split(' ');
	const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
	return (asked: string, path: string) => asked === method && pattern.test(path);
};

/** Asks once without a token on purpose. */
const CHECKS = 'system.checkSetup';
/** One operation can have hundreds of forms. */
const MANY_FORMS_MS = 180_000;
/** They report what they are refused instead of failing. */
const REPORTS = [CHECKS, 'system.learnShapes'];

const failureOf = ({ error }: Run) => error && { message: error.message, description: error.description };

/** What is looked at before a call and never sent has its own tests; the examples of its fields do not fit Prism's batches. */
const withoutControls = (operation: Operation): Operation => ({
	...operation,
	optional: Object.fromEntries(Object.entries(operation.optional).filter(([name]) => !(name in controls))),
});
const controls = { ...expected, ...fourEyes, limitPerPayment };

describe.each(apis)('$contract.name at Prism', ({ contract, resources }) => {
	const name = contract.name as 'fondo' | 'finvis';
	let witness: Awaited<ReturnType<typeof startWitness>>;
	let listener: Awaited<ReturnType<typeof startListener>>;
	let engine: Engine;
	/** Routes of the contract that Prism was asked and has accepted. */
	const accepted = new Set<string>();
	const counts = { operations: 0, forms: 0, unknownBodies: 0, calls: 0, lists: 0, otherAnswers: 0 };

	const newEngine = (more: IDataObject = {}) =>
		new Engine(name, { environment: 'custom', baseUrl: witness.url, clientId: 'client', clientSecret: 'secret', ...more });

	beforeAll(async () => {
		listener = await startListener();
		witness = await startWitness(prism[name], name === 'finvis' ? '/public' : '');
		engine = newEngine();
	});
	afterAll(async () => {
		await Promise.all([witness.stop(), listener.stop()]);
		process.stdout.write(`${name} at Prism: ${JSON.stringify(counts)}\n`);
	});

	/** Every call since the last time was accepted and answered by the contract. */
	function expectAccepted(calls = witness.take()) {
		expect(calls.filter(({ status, violations }) => status < 200 || status > 299 || violations !== undefined)).toEqual([]);
		for (const { method, path } of calls) for (const route of contract.byRoute.keys()) if (isOf(route)(method, path)) accepted.add(route);
		counts.calls += calls.length;
		return calls;
	}

	let references = 0;
	const newReference = () => `prism-${(references += 1)}`;
	const instead: Instead = {
		// The node hands nothing over twice under one reference.
		reference: newReference,
		clientRef: newReference,
		// The node stops at rows that are equal.
		creditorName: () => `Payee ${(references += 1)}`,
		endToEndId: newReference,
		// Prism calls back the addresses it is given: they are ours.
		callbackUrl: () => `${listener.url}/callback`,
		url: () => `${listener.url}/events`,
	};

	let runs = 0;
	/** Each run is another workflow of another client, because Prism shows no write that it has accepted. */
	const run = async (at: string, { parameters, input }: { parameters: INodeParameters; input: IDataObject[] }) => {
		const [resource, operation] = at.split('.');
		runs += 1;
		// Every choice of a menu beside the one example of a number: not each pair can be right.
		const caller = newEngine({ clientId: `client-${runs}` });
		const settings = { resource, operation, parameters: { ...withPlan(parameters, caller.credential), options: { swedishChecks: 'off' } } };
		return await caller.run(settings, input, { workflowId: `wf-${runs}`, isLooped: true });
	};

	test.each(credentials[name])('gives a token for %j, with which a list can be read', async (more) => {
		const { error, items } = await newEngine(more).run({ resource: name === 'fondo' ? 'client' : 'company', operation: 'getMany' });
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		const [{ method, path }] = expectAccepted();
		expect(`${method} ${path}`).toMatch(/^POST .*\/auth\/(tenant-)?token\/?$/);
	});

	/** A preview has no request of its own. */
	const operations = operationsIn(resources)
		.filter(({ operation }) => !isPreview(operation))
		.map(({ at, operation }) => ({ at, operation: withoutControls(operation) }));
	const documented = documentedBy(name);

	test.each(operations)(
		'$at is accepted in every form of its panel',
		async ({ at, operation }) => {
			const { takesBody } = documented(operation.route);
			const forms = formsOf(operation, instead).filter(({ optional }) => takesBody || !optional.includes('rawBody'));
			expect(forms.length).toBeGreaterThan(0);
			for (const form of forms) {
				const { title } = form;
				const result = await run(at, form);
				const calls = witness.take().filter(({ status }) => at !== CHECKS || status !== 401);
				const found = calls.flatMap(({ violations }) => violations ?? []);
				expect({ title, failure: failureOf(result), found }).toEqual({ title, failure: undefined, found: [] });
				expectAccepted(calls);
				expect({ title, asked: calls.some(({ method, path }) => isOf(operation.route)(method, path)) }).toEqual({ title, asked: true });
				expect(result.items.length).toBeGreaterThan(0);
				counts.forms += 1;
			}
			counts.operations += 1;
		},
		MANY_FORMS_MS,
	);

	test('raw JSON where the contract knows no body is the one thing that Prism refuses', async () => {
		for (const { at, operation } of operations) {
			if (documented(operation.route).takesBody) continue;
			for (const form of formsOf(operation, instead).filter(({ optional }) => optional.includes('rawBody'))) {
				await run(at, form);
				const refused = witness.take().filter(({ violations }) => violations !== undefined);
				expect(refused.map(({ violations }) => violations)).toEqual([
					expect.stringContaining('No supported content types, but request included a non-empty body'),
				]);
				counts.unknownBodies += 1;
			}
		}
	});

	const searched = operations.flatMap(({ operation }) =>
		Object.values({ ...operation.fields, ...operation.optional }).flatMap(({ search }) =>
			search ? [[search.method, operation] as const] : [],
		),
	);
	const searches = [...new Map(searched)];

	test.each(searches)('%s lists what Prism has, with and without a filter', async (method, operation) => {
		const [{ parameters }] = formsOf(operation).slice(-1);
		const { results } = await engine.list(method, { parameters });
		expect(results.length).toBeGreaterThan(0);
		expect(results.every(({ name: label, value }) => label !== '' && !/undefined|\[object/.test(label) && value !== '')).toBe(true);
		// A filter that fits, and a personal number, because Fondo itself searches accounts by that.
		expect((await engine.list(method, { parameters }, results[0].name.slice(0, 4))).results).toContainEqual(results[0]);
		await engine.list(method, { parameters }, '197001010003');
		expectAccepted();
		counts.lists += 1;
	});

	const otherAnswers = operations
		.filter(({ at }) => !REPORTS.includes(at))
		.flatMap(({ at, operation }) =>
			documented(operation.route)
				.statuses.filter((status) => status === 204 || status >= 400)
				.map((status) => ({ at, status, operation })),
		);

	describe('when Prism is asked for another answer of the contract', () => {
		afterEach(() => {
			witness.prefer();
			giveTimeBack();
		});

		test.each(otherAnswers)('$at: $status', async ({ at, status, operation }) => {
			witness.prefer(status, isOf(operation.route));
			takeTime(Date.now());
			const [form] = formsOf(operation, instead);
			const result = await run(at, form);
			const own = witness.take().filter(({ method, path }) => isOf(operation.route)(method, path));
			expect(own.map((call) => call.status)).toEqual(own.map(() => status));
			expect(own.length).toBeGreaterThan(0);
			counts.otherAnswers += 1;
			if (status === 204) {
				expect(failureOf(result)).toBeUndefined();
				expect(result.items.length).toBe(1);
			} else {
				expect(result.error?.httpCode).toBe(String(status));
				expect(result.error?.description).toMatch(/ says: /);
			}
		});
	});

	if (name === 'fondo') {
		test('an order whose reference is in the list is found there and not sent', async () => {
			const client = byId('0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01');
			const [row] = (await engine.run({ resource: 'order', operation: 'getMany', parameters: { client } })).json;
			expect(row.clientRef).toBe(knownReference);
			witness.take();
			const { orderType, amount, executorRef } = row;
			const parameters = {
				client,
				account: byId(row.account),
				orderType,
				instrument: byId(row.instrument),
				amount,
				reference: knownReference,
				additionalFields: { executorRef },
			};
			const { json, error } = await run('order.create', { parameters: parameters as INodeParameters, input: [{}] });
			expect(error).toBeUndefined();
			expect(json[0].receipt).toMatchObject({ outcome: 'found' });
			expect(expectAccepted().filter(({ method, path }) => method === 'POST' && path.endsWith('/order'))).toEqual([]);
		});
	}

	test('Prism called the callback address of the request', async () => {
		expect(new Set(listener.calls)).toEqual(new Set([name === 'fondo' ? 'POST /callback' : 'POST /events']));
	});

	test('no operation of the registry was left out', () => {
		const offered = [...new Set(operations.map(({ operation }) => operation.route))];
		expect(offered.filter((route) => !accepted.has(route))).toEqual([]);
		expect(counts.operations).toBe(operations.length);
	});
});
