import { createHmac, timingSafeEqual } from 'crypto';
import { clock } from '../../shared/core/clock';

/** Finvis does not document how it writes a signature; hex is assumed (contracts/NOTES.md 2.5). */
const formats = {
	hex: { prefix: '', encoding: 'hex' },
	base64: { prefix: '', encoding: 'base64' },
	sha256Hex: { prefix: 'sha256=', encoding: 'hex' },
	sha256Base64: { prefix: 'sha256=', encoding: 'base64' },
	timestamped: { prefix: 'v1=', encoding: 'hex' },
} as const;

export type SignatureFormat = keyof typeof formats;

export const formatOf = (value: unknown): SignatureFormat =>
	typeof value === 'string' && Object.keys(formats).includes(value) ? (value as SignatureFormat) : 'hex';

export interface Signed {
	/** The bytes as received; verification needs them. */
	readonly raw: unknown;
	/** The header as Node.js returns it. */
	readonly signature: unknown;
	readonly format: SignatureFormat;
}

const TOLERANCE_MS = 5 * 60_000;

/** The bytes that a time-stamped signature covers: the time and the body. Undefined without exactly one time, or when it is too far from now. */
function stampedBytes(parts: readonly string[], raw: Buffer): Buffer | undefined {
	const times = parts.filter((part) => /^t=\d{1,15}$/.test(part)).map((part) => part.slice(2));
	if (times.length !== 1) return undefined;
	const [time] = times;
	// 13 digits are milliseconds.
	const at = time.length > 11 ? Number(time) : Number(time) * 1_000;
	return Math.abs(clock.now() - at) > TOLERANCE_MS ? undefined : Buffer.concat([Buffer.from(`${time}.`), raw]);
}

/**
 * Whether the bytes were signed with this secret; false without a secret, without bytes or without a signature. A header can have several
 * signatures, as while Finvis replaces a secret: one of them must be right. Constant time.
 */
export function isSignedWith(secret: string, { raw, signature, format }: Signed): boolean {
	const headers: unknown[] = Array.isArray(signature) ? signature : [signature];
	if (secret === '' || !Buffer.isBuffer(raw) || !headers.every((header) => typeof header === 'string')) return false;
	const parts = headers.flatMap((header) => header.split(/[\s,;]+/)).filter(Boolean);
	const bytes = format === 'timestamped' ? stampedBytes(parts, raw) : raw;
	if (bytes === undefined) return false;
	const { prefix, encoding } = formats[format];
	const expected = Buffer.from(prefix + createHmac('sha256', secret).update(bytes).digest(encoding));
	return parts.some((part) => {
		const actual = Buffer.from(encoding === 'hex' ? part.toLowerCase() : part);
		return actual.length === expected.length && timingSafeEqual(actual, expected);
	});
}
