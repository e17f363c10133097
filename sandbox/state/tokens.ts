import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';

export type ApiName = 'fondo' | 'finvis';

/** What an access token permits. `scopes` is undefined for a Fondo token without an explicit scope: it permits everything. */
export interface Grant {
	api: ApiName;
	clientId: string;
	person: string;
	tenantId: string;
	scopes?: string[];
	expiresAt: number;
}

/** The grant of a call that needs no token. */
export function anonymousGrant(api: ApiName): Grant {
	return { api, clientId: '', person: '', tenantId: '', expiresAt: 0 };
}

interface TokenCounts {
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

	/** The grant of the token in an Authorization header, unless the token has expired or belongs to the other API. */
	find(api: ApiName, authorization: string | undefined): Grant | undefined {
		const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
		const grant = token === undefined ? undefined : this.grants.get(token);
		if (grant === undefined || grant.api !== api || grant.expiresAt <= this.clock.real()) return undefined;
		return grant;
	}

	/** Revokes all tokens, or those of one API. Returns the number of tokens that were still valid. */
	revoke(api?: ApiName): number {
		let count = 0;
		for (const [token, grant] of this.grants) {
			if (api !== undefined && grant.api !== api) continue;
			if (grant.expiresAt > this.clock.real()) count += 1;
			this.grants.delete(token);
		}
		return count;
	}

	counts(): Record<ApiName, TokenCounts> {
		return { fondo: this.countsOf('fondo'), finvis: this.countsOf('finvis') };
	}

	private countsOf(api: ApiName): TokenCounts {
		const valid = [...this.grants.values()].filter((grant) => grant.api === api && grant.expiresAt > this.clock.real());
		return { issued: this.issued[api], refused: this.refused[api], active: valid.length };
	}
}
