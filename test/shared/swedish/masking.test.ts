import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { luhn } from '../../../nodes/shared/swedish/check';
import { mask, sentNumbersIn } from '../../../nodes/shared/swedish/masking';
import { anyText } from '../../support/anyText';

describe('masks numbers anywhere in a sentence', () => {
	test.each([
		['19121212-1212', '[number hidden]'],
		['191212121212', '[number hidden]'],
		['121212-1212', '[number hidden]'],
		['121212+1212', '[number hidden]'],
		['701063-2391', '[number hidden]'],
		['197001010003', '[number hidden]'],
		['SE3550000000054910000003', '[account …0003]'],
		['SE35 5000 0000 0549 1000 0003', '[account …0003]'],
		['SE3550000000054910000004', '[account …0004]'],
		['GB29 NWBK 6016 1331 9268 19', '[account …6819]'],
		['NO9386011117947', '[account …7947]'],
		['5050-1055', '[account …1055]'],
		['160-9908', '[account …9908]'],
		['902003-3', '[account …0033]'],
		['90 20 03-3', '[account …0033]'],
		['5491-0000003', '[account …0003]'],
		['5839-82 574 66', '[account …7466]'],
		['8105-9,744202466', '[account …2466]'],
		['6000-123 456 789', '[account …6789]'],
	])('%s', (number, shown) => {
		for (const [before, after] of [
			['', ''],
			['Account ', ' is closed'],
			['(', ')'],
			['"value":"', '"}'],
			['to ', ', see above'],
			['unknown: ', '.'],
			['WRONG IBAN ', ' PAY LATER'],
		])
			expect(mask(`${before}${number}${after}`)).toBe(`${before}${shown}${after}`);
	});
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const withCheck = (body: string) => `${body}${String([...'0123456789'].find((digit) => luhn(body + digit)))}`;

test('any personal number, bankgiro number and IBAN is hidden but for the last four of an account', () => {
	const born = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true });
	fc.assert(
		fc.property(born, digits(3), digits(6), digits(20), (birth, serial, giro, inner) => {
			const day = birth.toISOString().slice(0, 10).replaceAll('-', '');
			const person = withCheck(day.slice(2) + serial);
			for (const written of [person, `${day.slice(0, 2)}${person}`, `${person.slice(0, 6)}-${person.slice(6)}`])
				expect(mask(`ssn ${written} is unknown`)).toBe('ssn [number hidden] is unknown');
			const bankgiro = withCheck(giro);
			expect(mask(`to ${bankgiro.slice(0, 3)}-${bankgiro.slice(3)}`)).toBe(`to [account …${bankgiro.slice(-4)}]`);
			expect(mask(`to SE12${inner}!`)).toBe(`to [account …${inner.slice(-4)}]!`);
		}),
	);
});

test('IDs, days, times, addresses and short numbers stay readable', () => {
	const readable = fc.oneof(
		fc.constantFrom('be965100-0000-1000-8000-000000000000', 'payments.0.amount', 'http://127.0.0.1:4010/v2', 'n8n 2.41.1'),
		fc.uuid(),
		fc.constant(0).map(() => randomUUID()),
		fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString()),
		fc
			.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
			.map((date) => date.toISOString().slice(0, 10)),
		fc.nat(99_999).map(String),
	);
	fc.assert(
		fc.property(readable, (text) => {
			expect(mask(`The object ${text} was refused (${text}).`)).toBe(`The object ${text} was refused (${text}).`);
		}),
		{ numRuns: 2_000 },
	);
});

test('references, names and amounts that were sent stay readable, wherever they are quoted', () => {
	const reference = fc.oneof(
		fc.stringMatching(/^[A-Z]{2,4}-\d{4}-\d{4}$/),
		fc.stringMatching(/^\d{8,12}$/),
		fc.stringMatching(/^[a-z]{3,8} \d{4} \d{4}$/),
		fc.constantFrom('INV/2026/000042', 'sweep-2026-11-25-9b2d6c1e', 'Rent (March 20260301)'),
	);
	const amount = fc.tuple(fc.nat(999_999_999), fc.nat(99)).map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`);
	fc.assert(
		fc.property(reference, amount, (ref, sum) => {
			const said = `'${ref}' with ${sum} SEK was refused: ${ref}, amount ${sum}.`;
			expect(mask(said, sentNumbersIn({ payments: [{ amount: sum, clientRef: ref }] }))).toBe(said);
			expect(mask(said, sentNumbersIn({ amount: sum }, ref))).toBe(said);
		}),
	);
});

test.each([
	'ssn:191212121212',
	'bg:5050-1055',
	'acc1234567',
	'19 12 12 12 12 12',
	'1912\u00A01212\u20131212',
	'191212.1212',
	'1912:12:12/1212',
	'konto=8327 9 014725892',
])('digits are hidden in %p', (written) => {
	const shown = mask(`The field ${written} is wrong`);
	expect(shown).toMatch(/hidden|account …/);
	expect(shown.replace(/…\d{4}/, '')).not.toMatch(/\d(?:\D{0,2}\d){5}/);
});

test('property: no run of six digits remains, whatever separates them', () => {
	const separator = fc.constantFrom('', '', '', ' ', '-', '.', ':', '\u00A0', '\u2011', '/', ', ');
	const run = fc
		.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separator), { minLength: 6, maxLength: 40 })
		.map((parts) => parts.map(([digit, between]) => `${digit}${between}`).join(''));
	const isHarmless = (text: string) => /\d\d:\d\d|(?:19|20|21)\d\d-\d\d-\d\d|\d(?:\.\d{1,3}){3}/.test(text);
	fc.assert(
		fc.property(
			fc.stringMatching(/^[a-z:= ]{0,12}$/),
			run.filter((text) => !isHarmless(text)),
			(before, digits) => {
				expect(mask(before + digits).replace(/…\d{4}\]/g, '')).not.toMatch(/\d(?:[ .:,/\u00A0\u2011-]{0,2}\d){5}/);
			},
		),
		{ numRuns: 2_000 },
	);
});

test('what was sent is hidden in any form, also where no check digit fits', () => {
	const sent = sentNumbersIn({
		payments: [{ amount: '100.50', creditor_account: { type: 'bban', value: '5491 00 000 04' } }],
		bankAccounts: [{ feeType: 'client_fee', iban: 'XX12' }],
		executorRef: '191212121213',
	});
	expect(mask('54910000004 and 5491-0000004 of 19121212-1213, amount 100.50, XX12', sent)).toBe(
		'[account …0004] and [account …0004] of [number hidden], amount 100.50, XX12',
	);
});

test('any text is taken, and soon done with', () => {
	fc.assert(fc.property(anyText(300), (text) => expect(typeof mask(text)).toBe('string')));
	for (const text of ['SE35 '.repeat(2_000), '1 '.repeat(5_000), '0'.repeat(10_000), '1234-'.repeat(2_000)])
		expect(typeof mask(text)).toBe('string');
});
