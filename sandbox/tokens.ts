import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';

export type ApiName = 'fondo' | 'finvis';

/** What a token allows. `scopes` undefined means everything (Fondo without an explicit scope). */
export interface Grant {
	api: ApiName;
	clientId: string;
	person: string;
	tenantId: string;
	scopes?: string[];
	expiresAt: number;
}

interface Counts {
	issued: number;
	refused: number;
	active: number;
}

export class Tokens {
	private readonly grants = new Map<string, Grant>();
	private readonly issued = { fondo: 0, finvis: 0 };
	private readonly refused = { fondo: 0, finvis: 0 };

	constructor(private readonly clock: Clock) {}

	issue(grant: Omit<Grant, 'expiresAt'>, lifetimeSeconds: number): string {
		const token = randomUUID();
		this.grants.set(token, { ...grant, expiresAt: this.clock.real() + lifetimeSeconds * 1000 });
		this.issued[grant.api] += 1;
		return token;
	}

	countRefusal(api: ApiName): void {
		this.refused[api] += 1;
	}

	/** The grant behind an Authorization header, if it is a living one of this API. */
	find(api: ApiName, authorization: string | undefined): Grant | undefined {
		const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
		const grant = token === undefined ? undefined : this.grants.get(token);
		if (grant === undefined || grant.api !== api || grant.expiresAt <= this.clock.real()) return undefined;
		return grant;
	}

	/** Forgets all tokens, or those of one API. Returns how many were alive. */
	revoke(api?: ApiName): number {
		let count = 0;
		for (const [token, grant] of this.grants) {
			if (api !== undefined && grant.api !== api) continue;
			if (grant.expiresAt > this.clock.real()) count += 1;
			this.grants.delete(token);
		}
		return count;
	}

	counts(): Record<ApiName, Counts> {
		return { fondo: this.countsOf('fondo'), finvis: this.countsOf('finvis') };
	}

	private countsOf(api: ApiName): Counts {
		const living = [...this.grants.values()].filter((grant) => grant.api === api && grant.expiresAt > this.clock.real());
		return { issued: this.issued[api], refused: this.refused[api], active: living.length };
	}
}
