const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function base32(value: number, length: number): string {
	let text = '';
	for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
	return text;
}

/** An ID in the form of a ULID: ten characters for the time, sixteen for the sequence, so later objects sort later. */
export const sortableId = (sequence: number, createdAt: number) => base32(createdAt, 10) + base32(sequence, 16);

/** UUIDs in the form of version 4 that count upwards. `realm` (0 to 255) keeps two vendors apart. */
export function countingIds(realm = 0): () => string {
	const head = `${realm.toString(16).padStart(2, '0')}0000ab-cdef-4000-8000-`;
	let last = 0;
	return () => head + (last += 1).toString(16).padStart(12, '0');
}
