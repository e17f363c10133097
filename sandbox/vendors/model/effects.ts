import type { Effect, VendorRequest } from './vendor';

/** The book of what really happened at one vendor. */
export class EffectLog {
	private readonly effects: Effect[] = [];

	all(): readonly Effect[] {
		return this.effects;
	}

	record(effect: Omit<Effect, 'sent' | 'cause' | 'key'>, { body, cause, headers }: VendorRequest): Effect {
		const key = headers['idempotency-key'];
		const recorded: Effect = {
			...effect,
			sent: body,
			...(key === undefined ? undefined : { key }),
			...(cause === undefined ? undefined : { cause }),
		};
		this.effects.push(recorded);
		return recorded;
	}
}
