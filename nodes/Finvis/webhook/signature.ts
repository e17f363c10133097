import { createHmac, timingSafeEqual } from 'crypto';

/** Finvis does not document how it writes a signature; hex is assumed (contracts/NOTES.md 2.5). */
const formats = {
	hex: { prefix: '', encoding: 'hex' },
	base64: { prefix: '', encoding: 'base64' },
	sha256Hex: { prefix: 'sha256=', encoding: 'hex' },
	sha256Base64: { prefix: 'sha256=', encoding: 'base64' },
} as const;

export type SignatureFormat = keyof typeof formats;

export const formatOf = (value: unknown): SignatureFormat =>
	value === 'base64' || value === 'sha256Hex' || value === 'sha256Base64' ? value : 'hex';

export interface Signed {
	/** The bytes as received; verification needs them. */
	readonly raw: unknown;
	/** The header as Node.js returns it. */
	readonly signature: unknown;
	readonly format: SignatureFormat;
}

/** Whether the bytes were signed with this secret; false without a secret, without bytes, or without exactly one signature. Constant time. */
export function isSignedWith(secret: string, { raw, signature, format }: Signed): boolean {
	const given = Array.isArray(signature) && signature.length === 1 ? signature[0] : signature;
	if (secret === '' || !Buffer.isBuffer(raw) || typeof given !== 'string') return false;
	const { prefix, encoding } = formats[format];
	const text = given.trim();
	const expected = Buffer.from(prefix + createHmac('sha256', secret).update(raw).digest(encoding));
	const actual = Buffer.from(encoding === 'hex' ? text.toLowerCase() : text);
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}
