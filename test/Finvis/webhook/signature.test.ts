import { createHmac } from 'node:crypto';
import { giveTimeBack, takeTime } from '../../support/time';
import { formatOf, isSignedWith, type SignatureFormat } from '../../../nodes/Finvis/webhook/signature';

/** The vector of contracts/NOTES.md 2.5. */
const secret = 'whsec_example_0123456789';
const body =
	'{"id":"6f708192-a3b4-4c5d-8e6f-708192a3b4c5","event":"payment.status.updated","created_at":"2026-03-06T10:05:00Z","tenant_id":"6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e","data":{"batch_id":"3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e","previous_status":"processing","status":"executed"}}';
const hex = 'fe590fd2cc173c4e89fbafcbe915d3d805b4dc07bb60b4e635ab6c2045fe818e';
const base64 = Buffer.from(hex, 'hex').toString('base64');
const raw = Buffer.from(body);

const isSigned = (signature: unknown, changed: { raw?: unknown; format?: SignatureFormat; secret?: string } = {}) =>
	isSignedWith(changed.secret ?? secret, { raw: 'raw' in changed ? changed.raw : raw, signature, format: changed.format ?? 'hex' });

test.each<[string, unknown, SignatureFormat]>([
	['hex', hex, 'hex'],
	['hex in capitals', hex.toUpperCase(), 'hex'],
	['hex with space around', ` ${hex} `, 'hex'],
	['hex as the only entry of a list', [hex], 'hex'],
	['two headers, one of them right', ['0'.repeat(64), hex], 'hex'],
	['two signatures that Node.js has joined', `${hex}, ${'0'.repeat(64)}`, 'hex'],
	['two signatures with their prefixes', `sha256=${'0'.repeat(64)} sha256=${hex}`, 'sha256Hex'],
	['base64', base64, 'base64'],
	['hex after sha256=', `sha256=${hex}`, 'sha256Hex'],
	['base64 after sha256=', `sha256=${base64}`, 'sha256Base64'],
])('the signature of the contract is accepted as %s', (_, signature, format) => {
	expect(isSigned(signature, { format })).toBe(true);
});

test.each<[string, unknown, Parameters<typeof isSigned>[1]]>([
	['no signature', undefined, {}],
	['an empty signature', '', {}],
	['a signature with another secret', createHmac('sha256', 'other').update(raw).digest('hex'), {}],
	['a signature of another body', createHmac('sha256', secret).update(`${body} `).digest('hex'), {}],
	['a signature with one digit changed', hex.replace('f', 'e'), {}],
	['half a signature', hex.slice(0, 32), {}],
	['a signature with more behind it', `${hex}00`, {}],
	['a signature with garbage behind it', `${hex}zz`, {}],
	['two wrong signatures', [hex.slice(1), `${hex}0`], {}],
	['a list with something else than text', [hex, 42], {}],
	['an empty list', [], {}],
	['a number', 42, {}],
	['base64 where hex is expected', base64, {}],
	['hex where base64 is expected', hex, { format: 'base64' }],
	['a prefix that is not expected', `sha256=${hex}`, {}],
	['no prefix where one is expected', hex, { format: 'sha256Hex' }],
	['base64 in small letters', base64.toLowerCase(), { format: 'base64' }],
	['no secret', createHmac('sha256', '').update(raw).digest('hex'), { secret: '' }],
	['no bytes', hex, { raw: undefined }],
	['a parsed body instead of the bytes', hex, { raw: JSON.parse(body) as unknown }],
	['a text instead of the bytes', hex, { raw: body }],
])('%s is refused', (_, signature, changed) => {
	expect(isSigned(signature, changed)).toBe(false);
});

test.each([
	['odd spacing', '{ "event" :\t"transaction.created",\r\n "data": { } }\n'],
	['another order of fields', '{"data":{"z":1,"a":2},"event":"transaction.created"}'],
	['letters beyond ASCII', '{"event":"transaction.created","data":{"counterparty_name":"Åkeri Ö & Söner 株式会社 💸"}}'],
	['escaped letters', '{"event":"transaction.created","data":{"counterparty_name":"\\u00c5keri"}}'],
	['numbers with exponents and zeros', '{"amount":1.0E+2,"rate":1.10,"id":7615917337495251231}'],
	['nothing', ''],
	['text that is not JSON', '{"event":'],
])('the signature covers the bytes, not their meaning: %s', (_, text) => {
	const bytes = Buffer.from(text);
	const signature = createHmac('sha256', secret).update(bytes).digest('hex');
	expect(isSigned(signature, { raw: bytes })).toBe(true);
	expect(isSigned(signature, { raw: Buffer.concat([bytes, Buffer.from(' ')]) })).toBe(false);
});

test('bytes that are not UTF-8 are verified unchanged', () => {
	const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
	const signature = createHmac('sha256', secret).update(bytes).digest('hex');
	expect(isSigned(signature, { raw: bytes })).toBe(true);
	expect(isSigned(signature, { raw: Buffer.from(bytes.toString('utf8')) })).toBe(false);
});

test('an unknown format means hex', () => {
	const known = ['base64', 'sha256Hex', 'sha256Base64', 'hex', 'timestamped'];
	expect([...known, 'other', 'toString', undefined].map(formatOf)).toEqual([...known, 'hex', 'hex', 'hex']);
});

describe('a signature with a time', () => {
	const NOW = 1_700_000_000;
	const at = (time: number | string, signed: string = String(time)) =>
		createHmac('sha256', secret).update(`${signed}.${body}`).digest('hex');
	const isStamped = (signature: string | string[]) => isSigned(signature, { format: 'timestamped' });
	beforeEach(() => void takeTime(NOW * 1_000));
	afterEach(giveTimeBack);

	test.each([
		['now', `t=${NOW},v1=${at(NOW)}`],
		['five minutes ago', `t=${NOW - 300},v1=${at(NOW - 300)}`],
		['in five minutes', `t=${NOW + 300},v1=${at(NOW + 300)}`],
		['in milliseconds', `t=${NOW}000,v1=${at(`${NOW}000`)}`],
		['behind the signature, with spaces', `v1=${at(NOW)}, t=${NOW}`],
		['with two signatures', `t=${NOW},v1=${'0'.repeat(64)},v1=${at(NOW)}`],
		['with a signature of another version', `t=${NOW},v0=${'0'.repeat(64)},v1=${at(NOW)}`],
	])('%s is accepted', (_, signature) => {
		expect(isStamped(signature)).toBe(true);
	});

	test.each<[string, string | string[]]>([
		['more than five minutes ago', `t=${NOW - 301},v1=${at(NOW - 301)}`],
		['in more than five minutes', `t=${NOW + 301},v1=${at(NOW + 301)}`],
		['that is not the signed one', `t=${NOW},v1=${at(NOW - 301)}`],
		['that is missing', `v1=${at(NOW)}`],
		['that is there twice', `t=${NOW},t=${NOW},v1=${at(NOW)}`],
		['that is there twice in two headers', [`t=${NOW},v1=${at(NOW)}`, `t=${NOW - 1}`]],
		['that is no number', `t=now,v1=${at('now')}`],
		['that is not covered', `t=${NOW},v1=${hex}`],
		['without a signature', `t=${NOW}`],
		['with a signature of another version only', `t=${NOW},v0=${at(NOW)}`],
	])('a time %s is refused', (_, signature) => {
		expect(isStamped(signature)).toBe(false);
	});

	test('is refused where another format is chosen', () => {
		expect(isSigned(`t=${NOW},v1=${at(NOW)}`)).toBe(false);
	});
});
