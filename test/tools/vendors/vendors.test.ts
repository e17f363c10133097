/** Some vendors of `npm run vendors`, and the page that it writes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POSITIONS } from '../../../sandbox/vendors';
import { Lab } from '../../../tools/vendors/lab';
import { positionsOn } from '../../../tools/vendors/table';
import { TriggerLab } from '../../../tools/vendors/triggerLab';

const verdictsOf = (verdicts: Awaited<ReturnType<Lab['try']>>) => ({
	refused: Object.entries(verdicts).flatMap(([at, { verdict }]) => (verdict === 'refused' ? [at] : [])),
	defects: Object.entries(verdicts).flatMap(([at, { verdict, message }]) => (verdict === 'defect' ? [`${at}: ${message}`] : [])),
});

test('docs/vendors.md has a line for each position (npm run vendors writes it)', () => {
	const page = readFileSync(join(__dirname, '../../../docs/vendors.md'), 'utf8');
	expect(positionsOn(page).sort()).toEqual(POSITIONS.map(({ name }) => name).sort());
});

describe('the operations of Finvis over real vendors', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await Lab.open('finvis');
	});
	afterAll(async () => await lab.close());

	test.each(['finvis-next-in-a-link-header', 'finvis-errors-as-problem-json'])('%s: all work', async (name) => {
		expect(verdictsOf(await lab.try([name]))).toEqual({ refused: [], defects: [] });
	});

	test('a batch that neither side remembers is paid twice, and the judge says so', async () => {
		const { defects } = verdictsOf(await lab.try(['keys-ignored', 'finvis-rows-3-days-late'], { forgets: true }));
		expect(defects).toContainEqual('paymentBatch.create: executed 2 times');
	});
});

describe('the triggers of Finvis over real vendors', () => {
	let lab: TriggerLab;
	beforeAll(async () => {
		lab = await TriggerLab.open('finvis');
	});
	afterAll(async () => await lab.close());

	test.each(['webhooks-in-arrays', 'webhooks-twice-after-a-minute'])('%s: each change starts the workflow once', async (name) => {
		expect(await lab.try([name])).toEqual({ finvisTrigger: { verdict: 'works' } });
	});

	test('signatures of another format are refused in words, and the right Signature Format works', async () => {
		expect(await lab.try(['webhooks-signed-with-time'])).toEqual({
			finvisTrigger: { verdict: 'refused', message: expect.stringContaining("'Signature Format'") },
			'finvisTrigger with a Signature Format': { verdict: 'works' },
		});
	});

	test('n8n that forgets runs twice what Finvis sends again, and the judge says so', async () => {
		const { defects } = verdictsOf(await lab.try(['webhooks-twice-after-a-minute'], { forgets: true }));
		expect(defects).toEqual([expect.stringMatching(/^finvisTrigger: delivers \S+ \w+ twice$/)]);
	});
});

describe('the triggers of Fondo over real vendors', () => {
	let lab: TriggerLab;
	beforeAll(async () => {
		lab = await TriggerLab.open('fondo');
	});
	afterAll(async () => await lab.close());

	test.each(['events-in-arrays', 'stream-closed-every-minute'])('%s: each change starts each workflow once', async (name) => {
		expect(verdictsOf(await lab.try([name]))).toEqual({ refused: [], defects: [] });
	});

	test('a stream that cannot be opened is refused in words, and holds no other trigger up', async () => {
		expect(verdictsOf(await lab.try(['stream-redirected']))).toEqual({ refused: ['fondoTrigger'], defects: [] });
	});
});
