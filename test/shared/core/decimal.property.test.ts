import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { tries } from '../../support/holds';
import { Engine, type Run } from '../../support/n8n';
import { byId } from '../../support/samples';
import { withinMs } from '../../support/timeLimit';
import { useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const MOST_MS = 6_000;
const PATIENCE_MS = 90_000;

const server = useServer();
beforeAll(() => void skipWaits());
afterAll(giveTimeBack);
beforeEach(() => {
	server.reset();
	server.answer = ({ method }) => (method === 'GET' ? { body: [] } : { body: { id: 'made' } });
});

const engineFor = (type: 'fondo' | 'finvis') =>
	new Engine(type, { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
const written = () => server.received.filter(({ method }) => method === 'POST').map(({ body }) => body);
const amount = '={{ $json.amount }}';

let count = 0;
/** A reference for each case: no run knows of another. */
const reference = () => `exact-${++count}`;

const batch = () => ({
	resource: 'paymentBatch',
	operation: 'create',
	parameters: {
		account: byId('account'),
		executionDate: '2027-03-05',
		reference: reference(),
		payments: { rows: [{ amount, creditorName: 'A', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' }] },
	} as INodeParameters,
});
const order = (orderType: 'subscription' | 'redemption') => ({
	resource: 'order',
	operation: 'create',
	parameters: {
		client: byId('client'),
		account: byId('account'),
		instrument: byId('fund'),
		orderType,
		amount,
		units: amount,
		reference: reference(),
	} as INodeParameters,
});
const run = async (type: 'fondo' | 'finvis', settings: ReturnType<typeof batch>, given: IDataObject[string]): Promise<Run> => {
	server.received.length = 0;
	return await engineFor(type).run(settings, [{ amount: given }]);
};

/** Decimal text above zero with up to so many digits before and after the point, as people write it: zeros at the end and the beginning too. */
const decimalText = (before: number, after: number) =>
	fc
		.tuple(
			fc.stringMatching(new RegExp(`^\\d{1,${before}}$`)),
			fc.option(fc.stringMatching(new RegExp(`^\\d{1,${after}}$`)), { nil: undefined }),
		)
		.map(([whole, part]) => (part === undefined ? whole : `${whole}.${part}`))
		.filter((text) => /[1-9]/.test(text));

/** A decimal text, or a number of JSON, as an exact value: digits without the zeros that say nothing, and the place of the point. */
function exact(text: string): string {
	const [, whole = '', part = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
	const digits = BigInt(whole + part);
	const scale = part.length - Number(exponent);
	const trimmed = digits.toString().replace(/0+$/, '');
	return `${trimmed}e${digits.toString().length - trimmed.length - scale}`;
}

describe('what Finvis gets as the amount', () => {
	test(
		'is the text as it was written, digit by digit',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					decimalText(15, 2),
					withinMs(MOST_MS, async (text) => {
						expect((await run('finvis', batch(), text)).error).toBeUndefined();
						expect(written()).toHaveLength(1);
						expect(written()[0]).toContain(`"amount":"${text}"`);
					}),
				),
				{ numRuns: tries(100), examples: [['100.50'], ['7.00'], ['007.10'], ['999999999999999.99'], ['0.10']] },
			);
		},
		PATIENCE_MS,
	);

	test(
		'is never the dust of floats',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					fc.integer({ min: 1, max: 99_999 }),
					fc.integer({ min: 1, max: 99_999 }),
					withinMs(MOST_MS, async (a, b) => {
						const sum = a / 100 + b / 100;
						const { error } = await run('finvis', batch(), sum);
						if (/^\d+(\.\d{1,2})?$/.test(String(sum))) {
							expect(written()[0]).toContain(`"amount":"${sum}"`);
							expect(exact(String(sum))).toBe(exact(((a + b) / 100).toFixed(2)));
						} else {
							expect(error?.message).toBe(`Payment 1: 'Amount': '${sum}' has more than two decimals`);
							expect(server.received).toEqual([]);
						}
					}),
				),
				{ numRuns: tries(100), examples: [[10, 20]] },
			);
		},
		PATIENCE_MS,
	);
});

describe.each([
	['subscription', 'amount', 2],
	['redemption', 'units', 7],
] as const)('what Fondo gets of a %s as %s', (orderType, field, decimals) => {
	const sentNumber = () => new RegExp(`"${field}":([^,}]+)`).exec(written()[0])?.[1] ?? '';

	test(
		'is the number as it was written, or it is refused and nothing is sent',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					decimalText(15, decimals),
					withinMs(MOST_MS, async (text) => {
						const { error } = await run('fondo', order(orderType), text);
						const digits = text.replace('.', '').replace(/^0+/, '').length;
						if (error === undefined) expect(exact(sentNumber())).toBe(exact(text));
						else {
							expect(digits).toBeGreaterThan(15);
							expect(error.message).toContain(`'${text}' has more digits than the API can take exactly`);
							expect(server.received).toEqual([]);
						}
					}),
				),
				{ numRuns: tries(150), examples: [['100.50'], ['0.10'], ['123456789012345.68'], ['9007199254740.99'], ['1.00']] },
			);
		},
		PATIENCE_MS,
	);

	test('is never the dust of floats', async () => {
		const { error } = await run('fondo', order(orderType), 0.1 + 0.2);
		expect(error?.message).toContain(`'0.30000000000000004' has more than ${decimals} decimals`);
		expect(server.received).toEqual([]);
	});
});
