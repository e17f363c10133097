import type { GivenCorrections } from './corrections';

/** Where the API is and which client calls it, read once from the credential. Contains no secret. */
export interface Connection {
	/** Name of the API in messages. */
	readonly name: string;
	/** Name of the credential type. */
	readonly credential: string;
	/** Without a trailing slash. */
	readonly baseUrl: string;
	/** Tenant or client ID. References are unique per identity. */
	readonly identity: string;
	/** Secret of this node for marks that only this node can make; it survives a new client secret. */
	readonly markKey?: string;
	/** Trailing slash of every path: as in the contract, always or never. */
	readonly slash?: 'contract' | 'always' | 'never';
	/** How answers and lists of this API differ from the contract. Part of no key and of no fingerprint. */
	readonly corrections?: GivenCorrections;
	/** The node sends no write, and answers as the API would. */
	readonly rehearsal?: boolean;
	/** This call sends no write: it is a preview of one. */
	readonly preview?: true;
	/** The API answers a repeat of a write with the same Idempotency-Key without executing it again. */
	readonly takesKeys?: true;
	/** Name of the query parameter with which the API only validates a write. */
	readonly checkQuery?: string;
	/** Paths of the writes that accept `checkQuery`. */
	readonly checkPaths?: RegExp;
}

export const sendsNoWrite = ({ rehearsal, preview }: Connection) => rehearsal === true || preview === true;
