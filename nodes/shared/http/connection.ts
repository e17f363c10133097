/** Where an API is and as whom we are there, read once from the credential. Holds no secret. */
export interface Connection {
	/** Name of the API in messages. */
	readonly name: string;
	/** Name of the credential type. */
	readonly credential: string;
	/** Without a slash at its end. */
	readonly baseUrl: string;
	/** Tenant or client: the same reference of another one is another payment. */
	readonly identity: string;
	readonly slash?: 'contract' | 'always' | 'never';
	/** No write leaves n8n. */
	readonly rehearsal?: boolean;
	/** Query that turns a write into a mere check at the API. */
	readonly checkQuery?: string;
	/** Paths of the writes that know it. */
	readonly checkPaths?: RegExp;
}
