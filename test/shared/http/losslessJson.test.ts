import { parseLossless } from '../../../nodes/shared/http/losslessJson';

test.each<[what: string, text: string, value: unknown]>([
	['a whole number that JavaScript holds exactly', '{"id":9007199254740991}', { id: 9007199254740991 }],
	['the first whole number it does not', '{"id":9007199254740993}', { id: '9007199254740993' }],
	['a negative one', '{"id":-7615917337495251231}', { id: '-7615917337495251231' }],
	['an amount with more decimals than a double has', '{"amount":1234567890123.4567}', { amount: '1234567890123.4567' }],
	['an amount with sixteen digits that a double does hold', '{"units":0.1234567890123456}', { units: 0.1234567890123456 }],
	['fifteen digits', '{"amount":1234567890123.45}', { amount: 1234567890123.45 }],
	['leading zeros after the point, which are no digits', '{"price":0.00000000000000001}', { price: 1e-17 }],
	['exponents', '{"a":1.5e3,"b":2E-7,"c":1e+2}', { a: 1500, b: 2e-7, c: 100 }],
	['an exponent with too many digits', '{"a":12345678901234567890e3}', { a: '12345678901234567890e3' }],
	[
		'an exponent beyond every double, beside a long number',
		'{"a":12345678901234567890,"b":1e400}',
		{ a: '12345678901234567890', b: '1e400' },
	],
	['an exponent beyond every double alone', '{"b":1e400}', { b: '1e400' }],
	['a list of long numbers', '[1,12345678901234567890,-2]', [1, '12345678901234567890', -2]],
	['a long number alone', '12345678901234567890', '12345678901234567890'],
	['a long number with a sign alone', ' -12345678901234567890 ', '-12345678901234567890'],
	[
		'numbers in a text, beside a long one',
		'{"text":"OCR 12345678901234567890, 1","id":12345678901234567890}',
		{ text: 'OCR 12345678901234567890, 1', id: '12345678901234567890' },
	],
	[
		'an account number',
		'{"iban":"SE3550000000054910000003","bg":"5050-1055","ssn":"197001010003"}',
		{ iban: 'SE3550000000054910000003', bg: '5050-1055', ssn: '197001010003' },
	],
	[
		'a text that looks like JSON with a long number',
		'{"t":"a\\":12345678901234567890,\\"b","id":12345678901234567890}',
		{ t: 'a":12345678901234567890,"b', id: '12345678901234567890' },
	],
	['escaped backslashes before a quote', '{"path":"C:\\\\","id":12345678901234567890}', { path: 'C:\\', id: '12345678901234567890' }],
	['a name that is a number', '{"12345678901234567890":12345678901234567890}', { '12345678901234567890': '12345678901234567890' }],
	['white space around', '{ "id" :\n\t12345678901234567890 }', { id: '12345678901234567890' }],
	['words', '{"a":true,"b":null,"c":false,"id":12345678901234567890}', { a: true, b: null, c: false, id: '12345678901234567890' }],
	[
		'unknown fields, decimals and dates as they are',
		'{"x":{"deep":[{"date":"2026-03-06T10:05:00Z","price":142.8571429}]}}',
		{ x: { deep: [{ date: '2026-03-06T10:05:00Z', price: 142.8571429 }] } },
	],
	['a text alone', '"ready"', 'ready'],
	['HTML', '<html><body>Down since 1234567890123456789</body></html>', '<html><body>Down since 1234567890123456789</body></html>'],
	['broken JSON, exactly as it came', '{"id": 12345678901234567890, "name": "bro', '{"id": 12345678901234567890, "name": "bro'],
	['nothing', '', undefined],
	['blanks', ' \r\n ', undefined],
])('%s', (_, text, value) => {
	expect(parseLossless(text)).toEqual(value);
});

test('a zero at the end of an amount does not turn it into a text', () => {
	expect(parseLossless('{"amount":100.0000000000000000}')).toEqual({ amount: 100 });
});

test('a text of many megabytes beside a long number', () => {
	const document = 'A'.repeat(8_000_000);
	const parsed = parseLossless(`{"document":"${document}","id":12345678901234567890}`) as { document: string; id: string };
	// Not compared as a whole: a failure would print eight million letters.
	expect([parsed.document?.length, parsed.id]).toEqual([document.length, '12345678901234567890']);
});
