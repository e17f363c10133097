/** A reference to which its expression adds nothing would be the same for payments that are not the same. */
import { useBench } from '../../support/sandbox';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const written = () => bench.sandbox.admin.requests().filter(({ method, path }) => method !== 'GET' && !/auth/.test(path)).length;

test.each(['=INV-{{ $json.number }}', '= INV-{{ $json.number }}', '={{ $json.year }}-{{ $json.number }}', '=INV\u2011{{ $json.number }}'])(
	'%s without a number is refused, by item, and nothing is sent',
	async (reference) => {
		for (const { json, error } of [
			await bench.finvis().run(batch(seed, { reference }), [{}]),
			await bench.fondo().run(subscription(seed, { reference }), [{}]),
		]) {
			expect(error?.message).toMatch(/^'Reference': its expression gives nothing for this item; only '.*' is left$/);
			expect(error?.description).toBe(
				'Nothing was sent. A field that the expression reads is missing or empty: correct its name, or fill it in.',
			);
			expect(json).toEqual([]);
		}
		expect(written()).toBe(0);
	},
);

test('of several items only those without a number are refused', async () => {
	const settings = {
		...batch(seed, { reference: '=INV-{{ $json.number }}', account: byId(seed.bankAccount) }),
		onError: 'continueRegularOutput' as const,
	};
	const { json } = await bench.finvis().run(settings, [{ number: 1 }, {}, { number: 2 }]);
	expect(json.map(({ receipt, error }) => (receipt ?? error) as { outcome?: string })).toMatchObject([
		{ outcome: 'created' },
		{ message: expect.stringContaining("only 'INV-' is left") },
		{ outcome: 'created' },
	]);
});

test.each(['=INV-3', 'INV-{{ 4 }}', "=INV-5{{ 'a' }}", "={{ 'INV-6' }}"])('%s is a reference', async (reference) => {
	const { error } = await bench.finvis().run(batch(seed, { reference }), [{}]);
	expect(error?.message).toBeUndefined();
});
