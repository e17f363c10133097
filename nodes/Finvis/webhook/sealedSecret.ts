import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key that encrypts secrets in static data. It follows from the client secret, so that only who has the credential can read them. */
export const sealingKeyOf = (clientSecret: string) =>
	Buffer.from(hkdfSync('sha256', clientSecret, '', 'signing secret of a Finvis webhook', 32));

/** Encrypts a secret for one owner. Another owner cannot open it. */
export function seal(secret: string, key: Buffer, owner: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
	return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The secret; undefined when it was encrypted with another key or for another owner, or was changed. */
export function open(sealed: string, key: Buffer, owner: string): string | undefined {
	const bytes = Buffer.from(sealed, 'base64');
	if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
	const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
		.setAAD(Buffer.from(owner))
		.setAuthTag(bytes.subarray(-TAG_BYTES));
	try {
		return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}
