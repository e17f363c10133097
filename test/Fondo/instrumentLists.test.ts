import { useBench } from '../support/sandbox';
import { byId } from '../support/samples';

const bench = useBench();
afterEach(() => bench.sandbox.admin.vendor.set([]));

/** The lists of instruments have no `sortedId`, so nothing in them shows whether they are cut. */
describe('a list of instruments', () => {
	const read = async (operation: 'instrument.getMany' | 'client.getInstruments', parameters: object) => {
		const [resource, name] = operation.split('.');
		const [client] = (await bench.fondo().run({ resource: 'client', operation: 'getMany', parameters: { limit: 1 } })).json;
		return await bench.fondo().run({ resource, operation: name, parameters: { client: byId(String(client.id)), ...parameters } });
	};

	test.each([
		['instrument.getMany', 120],
		['client.getInstruments', 117],
	] as const)('%s: %i rows as the contract is written', async (operation, count) => {
		const { json, error } = await read(operation, { returnAll: true });
		expect([json.length, error]).toEqual([count, undefined]);
	});

	describe.each(['fondo-silent-cap', 'fondo-own-page-size', 'fondo-page-size-refused'])('of %s', (position) => {
		test.each(['instrument.getMany', 'client.getInstruments'] as const)('%s: a part never passes for the whole', async (operation) => {
			bench.sandbox.admin.vendor.set([position]);
			const { json, error } = await read(operation, { returnAll: true });
			expect(json).toEqual([]);
			expect(error?.message).toBe('The list could not be read to its end');
			expect(error?.description).toMatch(/gives \d+ rows, which may be a page of a longer list/);
		});

		test('some rows are read', async () => {
			bench.sandbox.admin.vendor.set([position]);
			const { json } = await read('instrument.getMany', { limit: 20 });
			expect(json).toHaveLength(20);
		});
	});
});
