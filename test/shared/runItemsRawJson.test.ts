import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { isRecorded } from '../../nodes/shared/resource';
import { apis, operationsIn } from '../support/contract';
import { byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const writes = apis.flatMap(({ contract, resources }) =>
	operationsIn(resources)
		.filter(({ operation }) => operation.lookup !== undefined && isRecorded(operation) && operation.plan === undefined)
		.map(({ at, operation }) => ({ api: contract.name, at, operation })),
);

describe.each(writes)('Raw JSON Body of $api $at', ({ api, at, operation }) => {
	const [resource, key] = at.split('.');
	const filled = () =>
		Object.entries({ ...operation.fields, ...operation.perRow }).map(([name, { property, example }]): [string, unknown] => [
			name,
			property.type === 'resourceLocator'
				? byId(name === 'client' ? seed.client : example)
				: property.type === 'fixedCollection'
					? { rows: example }
					: example,
		]);
	const run = async (rawBody: string) => {
		const parameters = { ...Object.fromEntries(filled()), reference: `raw ${at}`, additionalFields: { rawBody } } as INodeParameters;
		return await (api === 'fondo' ? bench.fondo() : bench.finvis()).run({ resource, operation: key, parameters });
	};
	const written = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/\/auth\//.test(path)).length;

	test.each([
		['clientRef', { clientRef: 'another' }],
		['clientRef', { clientRef: null }],
		['name', { name: 'Another batch' }],
		['payments', { payments: [] }],
		['payments', { payments: [{ amount: '999.00' }] }],
	] as Array<[string, IDataObject]>)('may not replace %s by %j', async (name, raw) => {
		const before = written();
		const { error } = await run(JSON.stringify({ ...raw, more: 1 }));
		expect(error?.message).toBe(`'Raw JSON Body' may not replace '${name}'`);
		expect(error?.description).toContain('Nothing was sent.');
		expect(written()).toBe(before);
	});

	test('adds other fields', async () => {
		const { error } = await run('{"more": 1}');
		expect(error?.message ?? '').not.toContain('may not replace');
	});
});
