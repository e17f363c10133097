import type { Answer } from '../http/operation';
import { Refusal } from '../http/refusal';

interface Kept {
	request: string;
	body: unknown;
	answer?: Answer;
}

/** Remembers the first answer to each key. Only good answers are kept, so a refused write may be corrected and sent again. */
export class Idempotency {
	private readonly kept = new Map<string, Kept>();

	async once(key: string, request: string, body: unknown, handle: () => Answer | Promise<Answer>): Promise<Answer> {
		const known = this.kept.get(key);
		if (known !== undefined) return replay(known, request, body);
		const entry: Kept = { request, body };
		this.kept.set(key, entry);
		try {
			const answer = await handle();
			if (answer.status >= 200 && answer.status < 300) entry.answer = answer;
			return answer;
		} finally {
			if (entry.answer === undefined) this.kept.delete(key);
		}
	}
}

function replay(known: Kept, request: string, body: unknown): Answer {
	if (known.request !== request) {
		throw new Refusal(409, 'idempotency_key_reused', `The Idempotency-Key was used for ${known.request}, not for ${request}`);
	}
	const fields = differingFields(known.body, body);
	if (fields.length > 0) {
		throw new Refusal(
			409,
			'idempotency_key_reused',
			`The Idempotency-Key was used with another body; different fields: ${fields.join(', ')}`,
		);
	}
	if (known.answer === undefined) {
		throw new Refusal(409, 'idempotency_in_progress', 'The first request with this Idempotency-Key is still being worked on');
	}
	return { ...known.answer, headers: { ...known.answer.headers, 'Idempotent-Replayed': 'true' } };
}

function differingFields(first: unknown, second: unknown): string[] {
	const [a, b] = [fieldsOf(first), fieldsOf(second)];
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => canonical(a[name]) !== canonical(b[name]));
}

function fieldsOf(body: unknown): Record<string, unknown> {
	if (body === undefined || body === null) return {};
	return typeof body === 'object' && !Array.isArray(body) ? { ...body } : { body };
}

/** JSON with sorted keys: the order of fields is no difference. */
function canonical(value: unknown): string {
	return (
		JSON.stringify(value, (_key, part: unknown) =>
			typeof part === 'object' && part !== null && !Array.isArray(part)
				? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
				: part,
		) ?? ''
	);
}
