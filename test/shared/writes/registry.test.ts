/** Every operation of both registries that moves money by its contract, without a list of them: it is executed once, whatever happens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { resources as finvisResources } from '../../../nodes/Finvis/resources';
import { resources as fondoResources } from '../../../nodes/Fondo/resources';
import { isWrite } from '../../../nodes/shared/resource';
import { operationsIn } from '../../support/contract';
import { rowsOf } from '../../simulation/vendors/bench';
import { CLIENT, DAY, MINUTE, WriteBench } from './writeBench';

type Json = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

/** Fields that say how much. */
const AMOUNT = /^(amount|units|total_amount)$/;

/** A route moves money when its body or its good answer has an amount, at any depth. */
function movesMoney(api: string): (route: string) => boolean {
	const contract = fields(parse(readFileSync(join(__dirname, `../../../contracts/${api}.openapi.yaml`), 'utf8')));
	const resolved = (value: unknown): Json => {
		const { $ref } = fields(value);
		if (typeof $ref !== 'string') return fields(value);
		return $ref
			.slice(2)
			.split('/')
			.reduce((at, name) => fields(at[name]), contract);
	};
	const hasAmount = (value: unknown, seen: ReadonlySet<Json> = new Set()): boolean => {
		const schema = resolved(value);
		if (seen.has(schema)) return false;
		const inside = new Set([...seen, schema]);
		const { properties, items, allOf = [], anyOf = [], oneOf = [] } = schema;
		return (
			Object.entries(fields(properties)).some(([name, property]) => AMOUNT.test(name) || hasAmount(property, inside)) ||
			[items, allOf, anyOf, oneOf].flat().some((part) => part !== undefined && hasAmount(part, inside))
		);
	};
	return (route) => {
		const [method, path] = route.split(' ');
		const { requestBody, responses } = fields(fields(fields(contract.paths)[path])[method.toLowerCase()]);
		const good = Object.entries(fields(responses)).filter(([status]) => status.startsWith('2'));
		return [requestBody, ...good.map(([, response]) => response)]
			.flatMap((one) => Object.values(fields(resolved(one).content)))
			.some((content) => hasAmount(fields(content).schema));
	};
}

/** The vendor that is least kind to repeats. */
const POSITIONS = { fondo: [], finvis: ['keys-ignored', 'acts-again-executed'] };
const FAULTS = ['lost after', '500 after', '502 after', 'late'] as const;

const benches: WriteBench[] = [];
afterEach(() => {
	for (const bench of benches.splice(0)) bench.end();
});

/** The object on which an operation acts, by the field that chooses it. */
const TARGETS: Readonly<Record<string, (bench: WriteBench) => Promise<string>>> = {
	account: async () => await Promise.resolve(`${CLIENT.slice(0, -1)}2`),
	order: async (bench) => String((await bench.write('order.create', { reference: 'TARGET' })).body.id),
	paymentBatch: async (bench) => String((await bench.write('paymentBatch.create', { reference: 'TARGET' })).body.id),
	approval: async (bench) => {
		await bench.write('paymentBatch.submit', { paymentBatch: await TARGETS.paymentBatch(bench) });
		return firstIn(bench, '/approvals/pending');
	},
	match: async (bench) => await Promise.resolve(firstIn(bench, '/reconciliation/matches')),
};

function firstIn({ world }: WriteBench, path: string): string {
	const { body } = world.vendor.handle({ method: 'GET', path, query: {}, headers: { 'x-tenant-id': 'tenant' } }, world.now);
	return String(rowsOf(body)[0].id);
}

describe.each([
	{ api: 'fondo' as const, resources: fondoResources },
	{ api: 'finvis' as const, resources: finvisResources },
])('what moves money at $api is executed once', ({ api, resources }) => {
	const isMoney = movesMoney(api);
	const operations = operationsIn(resources).filter(({ operation }) => isWrite(operation) && isMoney(operation.route));

	test('there are such operations', () => {
		expect(operations.length).toBeGreaterThan(4);
	});

	test.each(operations.flatMap(({ at, operation }) => FAULTS.map((fault) => ({ at, operation, fault }))))(
		'$at, when the first call is struck by $fault',
		async ({ at, operation, fault }) => {
			const bench = new WriteBench(api, POSITIONS[api]);
			benches.push(bench);
			const target = Object.keys(operation.fields).find((name) => name in TARGETS);
			const values = {
				...('reference' in operation.fields ? { reference: 'ONCE-1' } : {}),
				...(target === undefined ? {} : { [target]: await TARGETS[target](bench) }),
			};
			const ofRoute = () => bench.executed().filter((route) => route === operation.route).length;
			const before = ofRoute();
			await bench.write(at, values, { fault });
			await bench.write(at, values);
			await bench.after(11 * MINUTE);
			await bench.write(at, values, { process: 1 });
			await bench.after(2 * DAY);
			await bench.write(at, values, { process: 1 });
			expect(ofRoute() - before).toBe(1);
		},
	);
});
