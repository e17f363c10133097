import type { IDataObject } from 'n8n-workflow';

/** One call of an API, before it knows anything of HTTP but its route. */
export interface ApiRequest {
	/** Method and path template of the contract, e.g. `GET /accounts/{id}`. */
	readonly route: string;
	readonly path?: Readonly<Record<string, string>>;
	readonly query?: IDataObject;
	readonly body?: IDataObject;
	/** The user's own reference; present when the call creates money movement. */
	readonly reference?: string;
	/** What the checks found and the user lets through. */
	readonly warnings?: readonly string[];
	/** Where what this creates can be found again by its reference. */
	readonly lookup?: Lookup;
	/** Sent as Idempotency-Key: the API answers a repeat with the first answer. */
	readonly key?: string;
	/** The answer is a file, not JSON. */
	readonly file?: boolean;
	/** References of payments of this that the API has already, but not all of them: it may not be sent. */
	readonly alreadyBooked?: readonly string[];
	/** What must hold before this is sent; the API's own room checks it. */
	readonly controls?: IDataObject;
	/** What the API would work out of the body, for a rehearsal. */
	readonly derivedFields?: IDataObject;
	/** No try may start later than this. */
	readonly deadline?: number;
}

/** A list, and the values that tell its rows of our kind from others with the same reference. */
export interface Lookup {
	readonly list: string;
	readonly filter?: Readonly<Record<string, string>>;
	/** Fields of a row that must say what a path value of the call says. */
	readonly match?: Readonly<Record<string, string>>;
	/** Rows appear long after the call: absence proves nothing. */
	readonly eventual?: boolean;
}

/** What happened to a write, in the words that users branch on. */
export type Outcome = 'created' | 'accepted' | 'found' | 'replayed' | 'validated' | 'rehearsed' | 'unknown' | 'rejected';

export interface ApiResponse {
	/** HTTP status; 0 when no answer came. */
	readonly status: number;
	/** Header names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, a text that was not JSON, a Buffer for files, or undefined for an empty answer. */
	readonly body: unknown;
	/** Why no answer came, e.g. `ECONNRESET`. */
	readonly networkError?: string;
	/** The call never reached the API, so repeating it is safe. */
	readonly notSent?: boolean;
	readonly attempts?: number;
	/** How long the API wants us to stay away, when that was longer than the time budget. */
	readonly waitMs?: number;
	readonly outcome?: Outcome;
	readonly key?: string;
	/** What else the receipt has to tell. */
	readonly receiptDetails?: IDataObject;
	/** In a rehearsal: the call that was held back. */
	readonly wouldSend?: IDataObject;
}

export type SendRequest = (request: ApiRequest) => Promise<ApiResponse>;
/** A layer around the next one: sees the request on its way out and the response on its way back. */
export type Middleware = (next: SendRequest) => SendRequest;

/** One layer out of many, the outermost first. */
export const compose =
	(layers: readonly Middleware[]): Middleware =>
	(send) =>
		layers.reduceRight((next, layer) => layer(next), send);

export const isRead = (request: ApiRequest) => request.route.startsWith('GET ');
/** The call acts on an object that it names, instead of making one. */
export const isAct = ({ route }: ApiRequest) => /^(PATCH|PUT|DELETE|GET) |\{id\}/.test(route);
export const isOk = (answer: ApiResponse) => answer.status >= 200 && answer.status < 300;
