import { checkPeople } from '../../nodes/Finvis/controls/checks';
import { shownAmount } from '../../nodes/Finvis/describe/unusual';
import { payment } from '../../nodes/Finvis/payments';
import { executorRef } from '../../nodes/Fondo/fields';
import { foldLookAlikes } from '../../nodes/shared/core/lookAlikes';
import { plainText } from '../../nodes/shared/core/plainText';
import { referenceProblem } from '../../nodes/shared/core/reference';
import { SeenKeys } from '../../nodes/shared/core/seenKeys';
import { decimal, quantity } from '../../nodes/shared/fields/amount';
import { day, dateTime } from '../../nodes/shared/fields/date';
import { reference } from '../../nodes/shared/fields/reference';
import { errorMessage } from '../../nodes/shared/http/errorMessages';
import { parseLossless } from '../../nodes/shared/http/losslessJson';
import { bankAccount, iban } from '../../nodes/shared/swedish/bankAccount';
import { bankText } from '../../nodes/shared/swedish/bankText';
import { bankgiro, ocr, ocrWithLength, plusgiro } from '../../nodes/shared/swedish/giro';
import { organisationNumber, personalNumber } from '../../nodes/shared/swedish/identityNumber';
import { instrumentId, isin } from '../../nodes/shared/swedish/isin';
import { mask, sentNumbersIn } from '../../nodes/shared/swedish/masking';
import { canonical } from '../../nodes/shared/writes/canonical';

const look = { label: 'Field', description: 'A field', example: '1' };
const context = { timezone: 'Europe/Stockholm' };
const swedish = { ...context, amountFormat: 'swedish' as const };

/** A write whose refusal names fields. */
const REFUSED = { route: 'POST /x', reference: 'R-1', fields: ['Name', 'Bank Account'], about: ['Bank Account'] };

/** What an attempt throws is of no interest here, only how long it takes. */
const attempt = (task: () => unknown): unknown => {
	try {
		return task();
	} catch (error) {
		return error;
	}
};

/** Everything that reads a text from outside: of a user, a spreadsheet or an API. */
const readers: Record<string, (text: string) => unknown> = {
	mask: (text) => mask(text),
	'mask with what was sent': (text) => mask(text, sentNumbersIn({ clientRef: text, amount: text, ssn: text }, text)),
	foldLookAlikes,
	plainText,
	referenceProblem,
	canonical: (text) => canonical({ amount: text, executorRef: text, message: text }),
	'an amount of many zeros': (text) => canonical({ amount: `0.${'0'.repeat(text.length)}1` }),
	parseLossless,
	'parseLossless of a number': (text) => parseLossless(`{"a":${text}}`),
	'parseLossless of a text': (text) => parseLossless(`{"a":"${text}","b":12345678901234567890}`),
	'a JSON list': (text) => parseLossless(`[${text}]`),
	reference: (text) => reference.read(text, context),
	amount: (text) => decimal(look).read(text, context),
	'an amount in Swedish': (text) => decimal(look).read(text, swedish),
	units: (text) => quantity({ ...look, decimals: 7 }).read(text, context),
	day: (text) => day(look).read(text, context),
	moment: (text) => dateTime(look).read(text, context),
	message: (text) => payment.message.read(text, context),
	'an account type': (text) => payment.creditorAccountType.read(text, context),
	executor: (text) => executorRef.check?.(text, {}, context),
	...Object.fromEntries(
		Object.entries({ bankAccount, iban, bankgiro, plusgiro, ocr, ocrWithLength, personalNumber, organisationNumber, isin, instrumentId }),
	),
	bankText: bankText(140),
	'the reason of an API': (text) => errorMessage('Fondo', REFUSED, { status: 400, headers: {}, body: {} }, text),
	shownAmount,
	approver: (text) => attempt(() => checkPeople({ approvedBy: text }, ['anna@example.se'])),
	'approver with an address': (text) => attempt(() => checkPeople({ approvedBy: `a@${text}b` }, [`${text}@a`])),
};

/** Texts on which a regular expression may backtrack. */
const hostile = [
	...['0', '9', ' ', '-', '.', ',', '\\', '"', '[', '{', '\u00A0', '\u200B', 'A', '(', 'e', '\t', '\uE000'],
	...[
		' name ',
		'1 ',
		'1-',
		'12:',
		'0.',
		'1e',
		'00',
		'SE35 ',
		'1234-',
		'2026-',
		'2026-03-06 ',
		'be965100-',
		' (',
		'\\"',
		'[[',
		'{"a":',
		'1,',
		'AB12',
		'10.0.0.',
	],
];

/** CPU time in milliseconds. */
function cost(read: () => unknown): number {
	const before = process.cpuUsage();
	read();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** The smallest of some, because the machine does other work too and the engine collects garbage. */
const leastCost = (read: () => unknown, times = 8) => Math.min(...Array.from({ length: times }, () => cost(read)));

/** From 10,000 to 40,000 characters linear work grows by 4, quadratic work by 16; small times are noise. */
const [SHORT, LONG, LIMIT, NOISE_MS] = [10_000, 40_000, 10, 40];

test.each(Object.entries(readers))('%s takes time in proportion to the text', (_, read) => {
	const tooSlow = hostile.flatMap((piece) =>
		['', '"', 'x', '1.'].flatMap((edge) => {
			const of = (length: number) => edge + piece.repeat(length / piece.length) + edge;
			// What is fast once is fast: a second attempt is for a machine that was busy during the first one.
			const isFast = () => cost(() => read(of(LONG))) < NOISE_MS;
			if (isFast() || isFast()) return [];
			const [short, long] = [SHORT, LONG].map((length) => leastCost(() => read(of(length))));
			return long > NOISE_MS && long / short > LIMIT
				? [`${JSON.stringify(piece)} and ${JSON.stringify(edge)}: ${short} ms, ${long} ms`]
				: [];
		}),
	);
	expect(tooSlow).toEqual([]);
});

test('a number of 100,000 digits is read with all of its digits', () => {
	const digits = `1${'0'.repeat(99_999)}`;
	expect(parseLossless(`{"amount":${digits}.10}`)).toEqual({ amount: `${digits}.10` });
});

test('twice as many keys as are kept take time in proportion to them', () => {
	const [short, long] = [SHORT, LONG].map((most) =>
		leastCost(() => {
			const keys = new SeenKeys(most);
			for (let key = 0; key < 2 * most; key += 1) keys.keep(String(key));
			expect([keys.has('0'), keys.has(String(most)), keys.has(String(2 * most - 1))]).toEqual([false, true, true]);
		}, 2),
	);
	expect(long > NOISE_MS && long / short > LIMIT ? `${short} ms, ${long} ms` : 'linear').toBe('linear');
});
