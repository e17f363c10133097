import type { IDataObject } from 'n8n-workflow';

/** One call of an API: route and values, independent of HTTP. */
export interface ApiRequest {
	/** Method and path template of the contract, e.g. `GET /accounts/{id}`. */
	readonly route: string;
	readonly path?: Readonly<Record<string, string>>;
	readonly query?: IDataObject;
	readonly body?: IDataObject;
	/** The user's own reference; set when the call moves money. */
	readonly reference?: string;
	/** Findings of the checks that the user chose to ignore. */
	readonly warnings?: readonly string[];
	/** Sentences about what the node made of the values, for the receipt and the hints. */
	readonly remarks?: readonly string[];
	/** The list that shows the created object with its reference. */
	readonly lookup?: Lookup;
	/** Value of the Idempotency-Key header: the API answers a repeat with its first response. */
	readonly key?: string;
	/** The response is a file, not JSON. */
	readonly file?: boolean;
	/** The builder wants it sent although it was sent before and the API does not show it. */
	readonly sendAgain?: boolean;
	/** The builder takes what somebody else made under this reference. */
	readonly takeOver?: boolean;
	/** The user's reference of several calls that only go out together, and what all of them say. */
	readonly partOf?: { readonly reference: string; readonly content: unknown };
	/** What a reference is unique for; the API and the credential when left out. */
	readonly referenceScope?: 'operation';
	/** Labels of the fields that have a value. */
	readonly fields?: readonly string[];
	/** Labels of the fields that say which objects it is about. */
	readonly about?: readonly string[];
	/** Labels of the fields that name the objects of the path. */
	readonly objects?: readonly string[];
	/** Conditions that must hold before the call is sent; the API's own code checks them. */
	readonly controls?: IDataObject;
	/** Fields that the API computes from the body, for a rehearsal. */
	readonly derivedFields?: IDataObject;
	/** No attempt starts later than this (milliseconds since 1970). */
	readonly deadline?: number;
}

/** A list to look up a reference in, and the conditions that separate matching rows from other objects with the same reference. */
export interface Lookup {
	/** Route of the list. */
	readonly list: string;
	/** Field of a row → required value. */
	readonly filter?: Readonly<Record<string, string>>;
	/** Field of a row → name of the path value that it must equal. */
	readonly match?: Readonly<Record<string, string>>;
	/** Rows appear long after the call, so absence proves nothing. */
	readonly eventual?: boolean;
}

/** What happened to a write. Workflows branch on these values. */
export type Outcome = 'created' | 'accepted' | 'found' | 'replayed' | 'validated' | 'rehearsed' | 'unknown' | 'rejected';

export interface ApiResponse {
	/** The address that gave it, without a query; undefined where no server gave it. */
	readonly url?: string;
	/** HTTP status; 0 when no response came. */
	readonly status: number;
	/** Header names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, text that is not JSON, a Buffer for files, or undefined for an empty response. */
	readonly body: unknown;
	/** Why no response came, e.g. `ECONNRESET`. */
	readonly networkError?: string;
	/** The call never reached the API, so repeating it is safe. */
	readonly notSent?: boolean;
	/** The size of a page that the API took, after it refused that of the call. */
	readonly pageSize?: number;
	readonly attempts?: number;
	/** Milliseconds that the API asks to wait, when they exceed the time budget. */
	readonly waitMs?: number;
	readonly outcome?: Outcome;
	readonly key?: string;
	/** Additional fields of the receipt. */
	readonly receiptDetails?: IDataObject;
	/**
	 * The write was sent before, and the API shows nothing of it, or something else under its reference (`conflict`), or its list
	 * cannot be read: nothing was sent now. `day` is the UTC day of the send, where it is known.
	 */
	readonly sentBefore?: {
		readonly name: string;
		readonly day?: string;
		readonly isDone: boolean;
		readonly isUnreadable?: boolean;
		readonly conflict?: string;
	};
	/** What the object in the answer shows other than was sent, in a sentence. */
	readonly otherValues?: string;
	/** A 2xx whose body says no. */
	readonly saidNo?: boolean;
	/** Only a check was asked for, and the API executed the call. */
	readonly executedCheck?: boolean;
	/** In a rehearsal: the call that was not sent. */
	readonly wouldSend?: IDataObject;
}

export type SendRequest = (request: ApiRequest) => Promise<ApiResponse>;
/** Wraps the next layer: sees each request before it and each response after it. */
export type Middleware = (next: SendRequest) => SendRequest;

/** Combines layers into one, the outermost first. */
export const compose =
	(layers: readonly Middleware[]): Middleware =>
	(send) =>
		layers.reduceRight((next, layer) => layer(next), send);

export const isRead = (request: ApiRequest) => request.route.startsWith('GET ');
/** Whether the call acts on an object that it names, instead of creating one. */
export const isAct = ({ route }: ApiRequest) => /^(PATCH|PUT|DELETE|GET) |\{id\}/.test(route);
export const isOk = (response: ApiResponse) => response.status >= 200 && response.status < 300;
