import { decimal, quantity } from '../../../nodes/shared/fields/amount';
import { choice, boolean } from '../../../nodes/shared/fields/choice';
import { day, dateTime } from '../../../nodes/shared/fields/date';
import { rawBody } from '../../../nodes/shared/fields/json';
import { reference } from '../../../nodes/shared/fields/reference';
import { text } from '../../../nodes/shared/fields/text';
import { UserError } from '../../../nodes/shared/core/userError';

const look = { label: 'Field', description: 'A field', example: '1' };
const context = { timezone: 'Europe/Stockholm' };
const refused = Symbol('refused');

/** The value, or that it was refused with words for the user. */
function read(field: { read: (value: unknown, context: { timezone: string }) => unknown }, value: unknown) {
	const result = field.read(value, context);
	if (!(result instanceof UserError)) return result;
	expect(result.message).not.toBe('');
	expect(result.description).not.toBe('');
	return refused;
}

test.each([
	['12500.00', '12500.00'],
	[' 12500.00 ', '12500.00'],
	[12500.5, '12500.5'],
	['0.01', '0.01'],
	['99999999999999999.99', '99999999999999999.99'],
	['12 500', refused],
	['12,5', refused],
	['-1', refused],
	['1e3', refused],
	['12.345', refused],
	['12 500,00', refused],
	['-250.00', refused],
	['\u2212125.00', refused],
	['125.00-', refused],
	[9007199254740993, refused],
	[[1], refused],
	[{ amount: 1 }, refused],
	[true, refused],
	['2,02604E+11', refused],
	['0.30000000000000004', refused],
	['0', refused],
	['0.00', refused],
	['.5', refused],
	['NaN', refused],
])('a decimal amount given as %p is sent as %p', (given, sent) => expect(read(decimal(look), given)).toBe(sent));

test.each([
	[12.3456789, 12.3456789],
	['12.3456789', 12.3456789],
	[1, 1],
	[12.34567891, refused],
	[0, refused],
	[-1, refused],
	['abc', refused],
	[Infinity, refused],
	['1e-7', refused],
	['0x10', refused],
	['0.0000001', 0.0000001],
	['0012.50', 12.5],
	['12345678.9012345', 12345678.9012345],
	['12345678901.2345678', refused],
	['9007199254740993', refused],
])('units given as %p are sent as %p', (given, sent) => expect(read(quantity({ ...look, decimals: 7 }), given)).toBe(sent));

test.each([
	['2026-03-06', '2026-03-06'],
	['2026-03-06T00:00:00', '2026-03-06'],
	['2026-03-06T23:30:00', '2026-03-06'],
	['2026-03-06T00:30:00+01:00', '2026-03-06'],
	['20260306', '2026-03-06'],
	[new Date('2026-03-05T23:30:00Z'), '2026-03-06'],
	['soon', refused],
	['06/03/2026', refused],
	['6.3.2026', refused],
	[46087, refused],
	['2026', refused],
	['9999-01-01', refused],
])('a day given as %p is sent as %p', (given, sent) => expect(read(day(look), given)).toBe(sent));

test.each([
	['2026-03-06T09:00:00Z', '2026-03-06T09:00:00.000Z'],
	['2026-03-06T09:00:00+02:00', '2026-03-06T07:00:00.000Z'],
	['2026-03-06T09:00:00', '2026-03-06T08:00:00.000Z'],
	['2026-07-06T09:00', '2026-07-06T07:00:00.000Z'],
	['2026-03-06', '2026-03-05T23:00:00.000Z'],
	['yesterday', refused],
])('a time given as %p is sent as %p', (given, sent) => expect(read(dateTime(look), given)).toBe(sent));

test.each([
	['INV-1', 'INV-1'],
	['  INV-1 ', 'INV-1'],
	[42, '42'],
])('a text given as %p is sent as %p', (given, sent) => expect(read(text(look), given)).toBe(sent));

test.each([
	['{"a":1}', { a: 1 }],
	[{ a: 1 }, { a: 1 }],
	['[]', refused],
	['null', refused],
	['{a}', refused],
	['5', refused],
])('raw JSON given as %p is read as %p', (given, sent) => expect(read(rawBody, given)).toEqual(sent));

test('a choice takes its words, as they are stored or as they are shown, and nothing else', () => {
	const field = choice({ label: 'Type', description: 'A type', options: { keep: 'Keep the Date', next: 'Next Day' }, initial: 'keep' });
	for (const word of ['keep', 'Keep the Date', ' KEEP THE DATE ']) expect(field.read(word, context)).toBe('keep');
	for (const wrong of ['', 'keeps', 'toString', 'constructor', undefined, null, {}, ['keep', 'next'], 0])
		expect(read(field, wrong)).toBe(refused);
	expect((field.read('never', context) as UserError).message).toBe("'never' is not one of Keep the Date, Next Day");
});

test('a switch is on for true only', () => {
	expect(
		[true, 'true', false, 'false', 0, 1, 'no', 'True'].map((value) => read(boolean({ label: 'On', description: 'Whether on' }), value)),
	).toEqual([true, true, false, false, refused, refused, refused, refused]);
});

test.each([
	[' INV-1 ', 'INV-1'],
	[20260042, '20260042'],
	['Ra\u0308kning', 'R\u00e4kning'],
	[12345678901234567891n.toString(), '12345678901234567891'],
	[Number('12345678901234567891'), refused],
	[NaN, refused],
	[{ id: 1 }, refused],
	[['a'], refused],
	[true, refused],
])('a reference given as %p is %p', (given, read_) => expect(read(reference, given)).toBe(read_));
