import fc from 'fast-check';
import { payment } from '../../../nodes/Finvis/payments';
import { executorRef } from '../../../nodes/Fondo/fields';
import { UserError } from '../../../nodes/shared/core/userError';
import { decimal, quantity } from '../../../nodes/shared/fields/amount';
import { day, dateTime } from '../../../nodes/shared/fields/date';
import type { Field, ReadContext, Values } from '../../../nodes/shared/fields/field';
import { idOnly } from '../../../nodes/shared/fields/locator';
import { reference } from '../../../nodes/shared/fields/reference';
import { code, list, text } from '../../../nodes/shared/fields/text';
import { bankAccount, iban } from '../../../nodes/shared/swedish/bankAccount';
import { bankgiro } from '../../../nodes/shared/swedish/giro';
import { personalNumber } from '../../../nodes/shared/swedish/identityNumber';

const look = { label: 'Field', description: 'A field', example: '1' };
const stockholm: ReadContext = { timezone: 'Europe/Stockholm' };
const read = (field: Field<unknown>, value: unknown, context = stockholm) => field.read(value, context);

/** The refusal of a value, as the user reads it after the field's name. */
function refusalOf(field: Field<unknown>, value: unknown, context = stockholm): string {
	const result = read(field, value, context);
	if (!(result instanceof UserError)) throw new Error(`'${String(value)}' was read as ${JSON.stringify(result)}`);
	expect(result.description).not.toBe('');
	return `${result.message}. ${result.description}`;
}

const textFields: Array<[string, Field<unknown>]> = [
	['a text', text(look)],
	['a code', code(look)],
	['a list', list(look)],
	['a reference', reference],
	['an ID', idOnly(look)],
	['a payee', payment.creditorName],
	['an account', payment.creditorAccount],
	['an account type', payment.creditorAccountType],
	['a message', payment.message],
	['an end-to-end ID', payment.endToEndId],
	['a person', executorRef],
];

describe.each(textFields)('%s', (_, field) => {
	test.each([
		['an object', { name: 'A AB' }],
		['a list with an object', [{ name: 'A AB' }]],
		['NaN', NaN],
		['Infinity', Infinity],
		['false', false],
		['true', true],
		['a number above 2^53', 12345678901234567890],
		['a number of 25 digits', 1.2345678901234568e24],
		['a number with an exponent', 1e-9],
		['what an expression made of an object', '[object Object]'],
		['what an expression made of two objects', 'INV-[object Object]'],
		['what an expression made of a missing value', 'INV-undefined'],
		['a missing number', 'Invoice NaN'],
		['a number that a sheet has shortened', '2,02604E+11'],
		['the same with a point', '2.02604E+11'],
		['a text in the wrong encoding', 'Malm\uFFFD AB'],
	])('refuses %s', (__, value) => {
		refusalOf(field, value);
	});
});

test.each(['Undefined AB', 'Nullarbor AB', 'Null & Co', '1E5', 'A/E+', 'undefinedAB'])('a payee %p is a name', (name) => {
	expect(read(payment.creditorName, name)).toBe(name);
});

test('a text may be JSON with null in it', () => expect(read(text(look), '{"a":null}')).toBe('{"a":null}'));

test.each(['bankgiro', 'Bankgiro', 'BG', ' bg ', 'BANKGIRO', 'bankgironummer'])('account type %p is a bankgiro', (word) => {
	expect(read(payment.creditorAccountType, word)).toBe('bankgiro');
});
test.each([
	['PG', 'plusgiro'],
	['Plusgiro', 'plusgiro'],
	['iban', 'iban'],
	['Bankkonto', 'bban'],
	['Clearing', 'bban'],
])('account type %p is %p', (word, type) => expect(read(payment.creditorAccountType, word)).toBe(type));
test.each(['constructor', 'toString', '__proto__', 'other', 'giro'])('account type %p is refused', (word) => {
	expect(refusalOf(payment.creditorAccountType, word)).toContain('is not one of Bankgiro');
});

describe('accounts and numbers that look alike are the same', () => {
	const LOOKALIKES: Array<[string, (written: string) => string]> = [
		['a no-break space', (written) => written.replaceAll(' ', '\u00A0')],
		['a narrow space', (written) => written.replaceAll(' ', '\u202F')],
		['a tab', (written) => ` ${written} `],
		['an en dash', (written) => written.replaceAll('-', '\u2013')],
		['a non-breaking hyphen', (written) => written.replaceAll('-', '\u2011')],
		['a zero-width space', (written) => `${written}\u200B`],
		['a byte order mark', (written) => `\uFEFF${written}`],
	];
	const numbers: Array<[Field<unknown>, string, Values]> = [
		[payment.creditorAccount, 'SE35 5000 0000 0549 1000 0003', { creditorAccountType: 'iban' }],
		[payment.creditorAccount, '5050-1055', { creditorAccountType: 'bankgiro' }],
		[payment.creditorAccount, '90 20 03-3', { creditorAccountType: 'plusgiro' }],
		[payment.message, '12121 21212', { creditorAccountType: 'bankgiro' }],
		[executorRef, '19121212-1212', {}],
	];
	test.each(LOOKALIKES)('with %s', (_, change) => {
		for (const [field, written, others] of numbers) {
			const taken = read(field, change(written));
			expect(taken).toBe(written);
			expect(field.check?.(String(taken), others, stockholm)).toBeUndefined();
		}
	});
});

describe('an amount', () => {
	const amount = decimal(look);
	const swedish: ReadContext = { ...stockholm, amountFormat: 'swedish' };

	test.each(['-250.00', '-125,50', '\u2212125.00', '125.00-', '(125.00)'])('%p is named as negative', (written) => {
		expect(refusalOf(amount, written)).toMatch(/' is negative.*credit note/);
		expect(refusalOf(amount, written, swedish)).toMatch(/' is negative/);
	});

	test.each([
		['12 500,00', '12500.00'],
		['12\u00A0500,00', '12500.00'],
		['1\u202F234\u202F567,5', '1234567.5'],
		['125,50', '125.50'],
		['12500', '12500'],
		[12500.5, '12500.5'],
	])('%p is taken as Swedes write it', (written, sent) => expect(read(amount, written, swedish)).toBe(sent));

	test.each(['12.500,00', '12500.00', '1,250,00', '12 50,00', '125,', 'kr 125'])('%p is refused in the Swedish format', (written) => {
		expect(refusalOf(amount, written, swedish)).toContain('Amount Format');
	});

	test('with a comma: the message names the option, and how to write this one amount', () => {
		const message = refusalOf(amount, '12\u00A0500,00');
		expect(message).toContain("choose Swedish for 'Amount Format'");
		expect(message).toContain('write 12500.00.');
		expect(read(amount, '12500.00')).toBe('12500.00');
	});

	test.each([
		['1.234', stockholm, "'1.234' can mean 1234.00 or 1.23. Write 1234.00, or 1.23."],
		['1,234', swedish, "'1,234' can mean 1234,00 or 1,23. Write 1234,00, or 1,23."],
		['12.345', stockholm, "'12.345' can mean 12345.00 or 12.35. Write 12345.00, or 12.35."],
		[12.345, stockholm, "'12.345' has more than two decimals. Round the value itself, not only its display, e.g. to 12.35."],
		['0.125', stockholm, "'0.125' has more than two decimals. Round the value itself, not only its display, e.g. to 0.13."],
		['1234.567', stockholm, "'1234.567' has more than two decimals. Round the value itself, not only its display, e.g. to 1234.57."],
		['1234,567', swedish, "'1234,567' has more than two decimals. Round the value itself, not only its display, e.g. to 1234,57."],
		[
			56.99999999999999,
			stockholm,
			"'56.99999999999999' has more than two decimals. Round the value itself, not only its display, e.g. to 57.00.",
		],
		['99.999', stockholm, "'99.999' can mean 99999.00 or 100.00. Write 99999.00, or 100.00."],
		['0.001', stockholm, "'0.001' has more than two decimals. Round the value itself, not only its display, e.g. to 0.00."],
		['12,500', stockholm, "'12,500' can mean 12500.00 or 12.50. Write 12500.00, or 12.50."],
	])('three decimals may stand between thousands: %p', (written, format, message) => {
		expect(refusalOf(amount, written, format)).toBe(message);
	});

	test('with comma and point says so', () => expect(refusalOf(amount, '12,500.00')).toContain('a comma and a point'));

	test.each([9007199254740993, Number('1e21')])('the rounded number %p is refused', (number) => {
		expect(refusalOf(amount, number)).toContain('digits');
	});

	test('property: what is sent has the value that was written, in either format', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
				const decimals = String(cents).padStart(2, '0');
				const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, '\u00A0');
				expect(read(amount, `${grouped},${decimals}`, swedish)).toBe(`${whole}.${decimals}`);
				expect(read(amount, `${whole}.${decimals}`)).toBe(`${whole}.${decimals}`);
			}),
		);
	});
});

describe('units', () => {
	const units = quantity({ ...look, decimals: 7 });
	test.each([
		[4e-7, 0.0000004],
		['0.0000004', 0.0000004],
		[1e-7, 0.0000001],
	])('%p are sent', (written, sent) => expect(read(units, written)).toBe(sent));
	test.each([1e-8, '4E-7', '1e3'])('%p are refused', (written) => {
		refusalOf(units, written);
	});
});

describe('a day', () => {
	const field = day(look);
	const zones = ['Europe/Stockholm', 'America/New_York', 'Pacific/Auckland', 'UTC'];

	test.each(['2027-02-30', '2027-06-31', '2026-02-31', '20270230', '2026-13-01', '2100-02-29', '2026-00-10', '2026-04-31T10:00:00Z'])(
		'%p does not exist, in any time zone',
		(written) => {
			for (const timezone of zones) {
				expect(refusalOf(field, written, { timezone })).toMatch(/does not exist|is not a date|is not written year-month-day/);
				refusalOf(dateTime(look), written, { timezone });
			}
		},
	);

	test.each(['2026-03-06T10:00:00+99:00', '2026-03-06T25:00:00Z', '2026-03-06T10:61', '2026-03-06Tnoon', '2026-03-06 10:00 CET'])(
		'%p has a time or an offset that does not exist',
		(written) => {
			refusalOf(field, written);
			refusalOf(dateTime(look), written);
		},
	);

	test('a moment is the day in the time zone of the workflow, as a text, a Date or a DateTime', () => {
		for (const value of ['2027-03-04T23:00:00.000Z', new Date('2027-03-04T23:00:00.000Z'), '2027-03-05T00:00:00+01:00']) {
			expect(read(field, value)).toBe('2027-03-05');
			expect(read(field, value, { timezone: 'America/New_York' })).toBe('2027-03-04');
			expect(read(field, value, { timezone: 'Pacific/Auckland' })).toBe('2027-03-05');
		}
	});

	// One `expect` for all days, because one for each costs more than the reading.
	test('every day of 2026 to 2030, written in six ways, is that day in every time zone', () => {
		const wrong: unknown[] = [];
		for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2031, 0, 1); time += 86_400_000) {
			const iso = new Date(time).toISOString();
			const written = iso.slice(0, 10);
			for (const timezone of zones)
				for (const value of [written, written.replaceAll('-', ''), iso, new Date(time), `${written}T00:00:00`, `${written} 00:00:00+00`]) {
					const shown = read(field, value, { timezone });
					if (shown !== written) wrong.push({ value, timezone, shown });
				}
		}
		expect(wrong).toEqual([]);
	});

	test.each(zones)('every hour of 2026 is a day in %s', (timezone) => {
		const days = new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
		const wrong: unknown[] = [];
		for (let time = Date.UTC(2026, 0, 1, 0, 30); time < Date.UTC(2027, 0, 1); time += 3_600_000) {
			const shown = read(field, new Date(time).toISOString(), { timezone });
			if (shown !== days.format(time)) wrong.push({ time, shown });
		}
		expect(wrong).toEqual([]);
	});

	test('the missing hour of spring is refused as a moment, and so is the doubled one of autumn', () => {
		const moment = dateTime(look);
		expect(refusalOf(moment, '2026-03-29T02:30')).toContain('does not exist in Europe/Stockholm');
		expect(refusalOf(moment, '2026-10-25T02:30')).toContain('comes twice in Europe/Stockholm');
		expect(read(moment, '2026-10-25T02:30:00+02:00')).toBe('2026-10-25T00:30:00.000Z');
		expect(read(moment, '2026-10-25T02:30:00+01:00')).toBe('2026-10-25T01:30:00.000Z');
		expect(read(moment, '2026-10-25T01:59:59')).toBe('2026-10-24T23:59:59.000Z');
		expect(read(moment, '2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
		expect(read(field, '2026-03-29T02:30')).toBe('2026-03-29');
	});
});

describe('Swedish numbers that are younger than the tables of libraries', () => {
	test.each([
		['9960-1111111116', 'a PlusGiro account of ten digits'],
		['9500-1111111116', 'a PlusGiro account of ten digits'],
		...['2110-1234563', '9600-1234566', '9610-1234568', '9770-1234578'].map((account) => [account, 'a new bank']),
		['8327-9, 014 725 892-5', 'Swedbank'],
		['8327-9,014725892\u20115', 'Swedbank with a look-alike hyphen'],
	])('%s is right: %s', (account) => expect(bankAccount(account)).toBeUndefined());

	test.each([
		['8327-9, 014 725 892-6', /check digit/],
		['8327-9, 014 752 892-5', /check digit/],
		['8327-9,1', /too few digits/],
		['2110-1234564', /not in Bankgirot's table/],
		['9960-11111111160', /too many digits/],
	])('%s is wrong', (account, why) => expect(bankAccount(account)).toMatch(why));

	test('clearing numbers that the table lacks take an account of type 1, and one digit changed is found', () => {
		for (const [from, to] of [
			[2120, 2129],
			[9080, 9089],
			[9380, 9389],
			[9400, 9449],
			[9620, 9629],
			[9650, 9659],
			[9690, 9699],
		])
			// prettier-ignore
			for (let clearing = from; clearing <= to; clearing += 1) {
				const right = Array.from({ length: 10 }, (_, digit) => `${clearing}-123456${digit}`).filter((account) => !bankAccount(account));
				expect(right.length).toBeGreaterThan(0);
				expect(right.length).toBeLessThan(4);
			}
	});

	test.each(['191500722390', '191500882392'])('the coordination number %s of Skatteverket has no day of birth', (number) => {
		expect(personalNumber(number)).toBeUndefined();
	});

	test('an IBAN of the Ivory Coast as its registry has it', () => {
		expect(iban('CI22CI0010000100000123456789')).toBeUndefined();
		expect(iban('CI23CI0010000100000123456789')).toMatch(/check digits/);
	});

	test('an executor is a personal number or an ID', () => {
		for (const [executor, ok] of [
			['191212121212', true],
			['5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11', true],
			['191212121213', false],
		] as const)
			// prettier-ignore
			expect(executorRef.check?.(executor, {}, stockholm) === undefined).toBe(ok);
	});

	test('a bankgiro number with a look-alike hyphen is one', () => expect(bankgiro('5050\u20111055')).toBeUndefined());
});

test('an end-to-end ID has at most 35 characters', () => {
	expect(read(payment.endToEndId, 'x'.repeat(35))).toBe('x'.repeat(35));
	expect(refusalOf(payment.endToEndId, 'x'.repeat(36))).toContain('ISO 20022');
});

test.each([
	['x'.repeat(71), /banks take 70/],
	['Łódź AB', /character 'Ł'/],
	['Ångström & Söner AB', undefined],
])('a payee %p is a warning or none', (name, why) => {
	const warning = payment.creditorName.warning?.(name, {}, stockholm);
	if (why === undefined) expect(warning).toBeUndefined();
	else expect(warning).toMatch(why);
});
