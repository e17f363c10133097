import fc from 'fast-check';
import { bankAccount, iban } from '../../../nodes/shared/swedish/bankAccount';
import type { Check } from '../../../nodes/shared/swedish/check';
import { bankgiro, plusgiro, ocr, ocrWithLength } from '../../../nodes/shared/swedish/giro';
import { instrumentId, isin } from '../../../nodes/shared/swedish/isin';
import { organisationNumber, personalNumber } from '../../../nodes/shared/swedish/identityNumber';

interface Kind {
	name: string;
	check: Check;
	/** Published by those who give out the numbers, or by their standard. */
	right: string[];
	wrong: Array<[string, RegExp]>;
	/** Every digit is covered by modulus 10. */
	luhn?: true;
}

const kinds: Kind[] = [
	{
		name: 'a personal number',
		check: personalNumber,
		// Skatteverket's example (SKV 704) and its Tolvan Tolvansson; the test numbers of personnummer.dev.
		right: ['640823-3234', '6408233234', '19640823-3234', '19121212-1212', '121212+1212', '191212121212', '198507099805', '20000101-2384'],
		wrong: [
			['191212121213', /check digit/],
			['6408233235', /check digit/],
			['191213121211', /no day of birth/],
			['202100-2817', /no day of birth/],
			['20991231-1231', /lies ahead/],
			['169912311234', /ten or twelve digits/],
			['19700101-0003', /begin with 000/],
			['Tolvan', /ten or twelve digits/],
		],
		luhn: true,
	},
	{
		name: 'a coordination number',
		check: personalNumber,
		// Skatteverket's statement on coordination numbers (SKV M 2010:3): born 3 October 1970.
		right: ['701063-2391', '19701063-2391', '7010632391'],
		wrong: [['701063-2392', /check digit/]],
		luhn: true,
	},
	{
		name: 'an organisation number',
		check: organisationNumber,
		// Saab, Bankgirocentralen (its own documents), the City of Stockholm, the tax agency, a person who trades alone.
		right: ['556036-0793', '5560360793', '165560360793', '556047-3521', '212000-0142', '202100-5448', '121212-1212'],
		wrong: [
			['556036-0794', /check digit/],
			['551036-0794', /neither/],
			['55603607', /ten digits/],
			['Saab AB', /ten digits/],
		],
		luhn: true,
	},
	{
		name: 'a bankgiro number',
		check: bankgiro,
		// Bankgirocentralen's own; the number of Bankgirot's examples; the tax account.
		right: ['160-9908', '1609908', '5050-1055', '50501055', '991-2346', '5050 1055'],
		wrong: [
			['5050-1056', /check digit/],
			['505-10', /7 or 8 digits/],
			['5050-105A', /7 or 8 digits/],
			['123456789', /7 or 8 digits/],
		],
		luhn: true,
	},
	{
		name: 'a plusgiro number',
		check: plusgiro,
		// Numbers of 90-accounts, published by Svensk Insamlingskontroll.
		right: ['90 20 03-3', '902003-3', '9020033', '90 19 50-6', '901950-6'],
		wrong: [
			['902003-4', /check digit/],
			['9', /2 to 8 digits/],
			['123456789', /2 to 8 digits/],
			['90-20-03-3', /2 to 8 digits/],
			['PG 902003-3', /2 to 8 digits/],
		],
		luhn: true,
	},
	{
		name: 'an OCR number',
		check: ocr,
		// The ten digits of a personal number are the textbook example of modulus 10.
		right: ['1212121212', '12121 21212', '18'],
		wrong: [
			['1212121213', /check digit/],
			['5', /2 to 25 digits/],
			['1'.repeat(26), /2 to 25 digits/],
			['Invoice 42', /digits only/],
		],
		luhn: true,
	},
	{
		name: 'an ISIN',
		check: isin,
		// ISO 6166 and its registration authority: Apple, Treasury Corporation of Victoria, BAE Systems; Ericsson B, AMF's fund.
		right: ['US0378331005', 'AU0000XVGZA3', 'GB0002634946', 'SE0000108656', 'SE0001862426'],
		wrong: [
			['US0378331003', /check digit/],
			['AU0000VXGZA4', /check digit/],
			['US037833100', /two letters/],
			['us0378331005', /two letters/],
		],
	},
	{
		name: 'an IBAN',
		check: iban,
		// ECBS (EBS204) and the IBAN registry of SWIFT.
		right: [
			'SE3550000000054910000003',
			'SE35 5000 0000 0549 1000 0003',
			'SE4550000000058398257466',
			'GB29NWBK60161331926819',
			'DE89370400440532013000',
			'NO9386011117947',
			'FI2112345600000785',
			'DK5000400440116243',
			'CH9300762011623852957',
			'FR1420041010050500013M02606',
			'NL91ABNA0417164300',
			'BE68539007547034',
			'MT84MALT011000012345MTLCAST001S',
		],
		wrong: [
			['SE3550000000054910000004', /check digits/],
			['SE355000000005491000000', /too few or too many/],
			['SE35500000000549100000AB', /not built/],
			['XX3550000000054910000003', /country/],
			['5050-1055', /country/],
		],
	},
	{
		name: 'an account number with its clearing number',
		check: bankAccount,
		// SEB's of the ECBS example and of the IBAN registry, Nordea's personal account by a test number, Handelsbanken's format, Plusgirot's.
		right: [
			'5491-0000003',
			'54910000003',
			'5839 82 574 66',
			'3300-121212-1212',
			'6000-123456789',
			'6000 123 456 789',
			'8105-9,744202466',
			'85670010230456',
			'9960-9020033',
			'50000000058398257466',
		],
		wrong: [
			['5491-0000004', /check digit/],
			['5839 82 574 67', /check digit/],
			['3300-121212-1213', /check digit/],
			['6000-123456788', /check digit/],
			['6000-1234567890', /too many digits/],
			['5491-000003', /too few digits/],
			['8105-8,744202466', /fifth digit/],
			['1000-1234567', /not in Bankgirot's table/],
			['123', /clearing number/],
			['SE3550000000054910000003', /clearing number/],
		],
	},
];

describe.each(kinds)('$name', ({ check, right, wrong, luhn }) => {
	test.each(right)('%s is right', (text) => expect(check(text)).toBeUndefined());

	test.each(wrong)('%s is wrong, and the reason does not repeat it', (text, reason) => {
		const said = check(text);
		expect(said).toMatch(reason);
		if (text.length > 6) expect(said).not.toContain(text);
	});

	test('never throws, and says something or nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z0-9 +,-]{0,30}$/)), (text) => {
				expect(['string', 'undefined']).toContain(typeof check(text));
			}),
		);
	});

	if (luhn)
		test('any other digit in one place is found', () => {
			const places = right.flatMap((text) => [...text].flatMap((sign, at) => (/\d/.test(sign) ? [{ text, at }] : [])));
			fc.assert(
				fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), ({ text, at }, add) => {
					const changed = `${text.slice(0, at)}${(Number(text[at]) + add) % 10}${text.slice(at + 1)}`;
					// The check digit does not cover the century.
					const century = /^\d{8}[-+]?\d{4}$/.test(text) && at < 2;
					if (!century) expect(check(changed)).toBeDefined();
				}),
			);
		});
});

test('every digit of an IBAN, an ISIN and an account of type 1 is covered, too', () => {
	const samples: Array<[Check, string]> = [
		[iban, 'SE3550000000054910000003'],
		[isin, 'US0378331005'],
		[bankAccount, '58398257466'],
	];
	for (const [check, text] of samples)
		for (let at = 0; at < text.length; at++)
			for (let add = 1; add < 10; add++)
				if (/\d/.test(text[at]) && !(check === bankAccount && at < 1))
					expect(check(`${text.slice(0, at)}${(Number(text[at]) + add) % 10}${text.slice(at + 1)}`)).toBeDefined();
});

test('the length digit of an OCR number counts all digits, and only its last figure', () => {
	const withDigits = (body: string) => {
		const length = `${body}${(body.length + 2) % 10}`;
		const last = [...'0123456789'].find((digit) => ocr(length + digit) === undefined);
		return length + String(last);
	};
	fc.assert(
		fc.property(fc.stringMatching(/^\d{1,23}$/), (body) => {
			const number = withDigits(body);
			expect(ocrWithLength(number)).toBeUndefined();
			const longer = `0${number}`;
			if (longer.length <= 25) expect(ocrWithLength(longer)).toBe('the length digit of the OCR number does not fit');
		}),
	);
	expect(ocrWithLength('1212121213')).toMatch(/check digit/);
});

test('the ISIN in an instrument of Fondo is checked, another identifier is not judged', () => {
	expect(instrumentId('SE0001862426SEK')).toBeUndefined();
	expect(instrumentId('SE0001862427SEK')).toMatch(/check digit of the ISIN/);
	expect(instrumentId('my-fund')).toBeUndefined();
});
