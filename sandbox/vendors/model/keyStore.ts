import type { Behaviour } from '../position';
import { respond, type VendorResponse } from './vendor';

interface Known {
	readonly at: number;
	readonly body: string;
	readonly answer: VendorResponse;
}

const conflict = (status: 400 | 409 | 422, detail: string) => respond(status, { detail, code: status === 409 ? 'conflict' : 'invalid' });

/** What Finvis remembers of idempotency keys, of every tenant apart and of all its calls together. */
export class KeyStore {
	private readonly known = new Map<string, Known>();

	constructor(private readonly behaviour: Behaviour) {}

	/** The answer that a key already has, else that of `execute`. */
	answer(caller: string, key: string, body: unknown, now: number, execute: () => VendorResponse): VendorResponse {
		const { keyLifetime, keyWithOtherBody, keysKeepRefusals, keyUnderWay } = this.behaviour;
		if (keyLifetime === 0) return execute();
		const name = `${caller} ${key}`;
		const text = JSON.stringify(body) ?? '';
		const known = this.known.get(name);
		if (known && now < known.at + keyLifetime) {
			if (now < known.at + keyUnderWay) return conflict(409, 'A call with this Idempotency-Key is under way');
			if (known.body === text || keyWithOtherBody === 'first answer') return known.answer;
			return conflict(keyWithOtherBody, 'The Idempotency-Key was used with another body');
		}
		const answer = execute();
		if (answer.status < 400 || answer.status >= 500 || keysKeepRefusals) this.known.set(name, { at: now, body: text, answer });
		return answer;
	}
}
