/**
 * A position is one way in which a real vendor may differ from what the contract guesses. It is plain data and pure
 * functions, so that the models of the simulation and the sandbox on sockets can share it.
 */

export type Api = 'fondo' | 'finvis';

export interface Position {
	readonly name: string;
	readonly api: Api;
	/** Two positions of one axis exclude each other. */
	readonly axis: string;
	readonly sentence: string;
	/** What the node must do: `refuses` means that it refuses before money moves. Absent where either is right. */
	readonly node?: 'works' | 'refuses';
	/** Seen over HTTP only: the pure models do not show it. */
	readonly wire?: true;
	readonly hooks: Partial<Behaviour>;
}

/** The times of an object in milliseconds, `Infinity` for what has not happened or never will. */
export interface Life {
	readonly kind: 'order' | 'payout' | 'deposit' | 'booking' | 'batch' | 'other';
	readonly createdAt: number;
	readonly executedAt: number;
	/** When the object ended, whether money moved or not. */
	readonly finishedAt: number;
}

/** Where an object is shown: in the answer to its creation, in the read of it alone, in a list. */
export type View = 'answer' | 'read' | 'list';

/** One page of a list. Links are complete addresses. */
export interface Page {
	readonly rows: readonly unknown[];
	readonly total: number;
	readonly number: number;
	readonly size: number;
	readonly pages: number;
	readonly links: { readonly first: string; readonly self: string; readonly next: string | null; readonly previous: string | null };
}

/** Signs a text with the secret of the webhook, or with one that was replaced. */
export type Hmac = (text: string, encoding: 'hex' | 'base64', secret?: 'current' | 'replaced') => string;

export type WebhookSignature = (text: string, at: number, hmac: Hmac) => string;

export interface VendorResponse {
	status: number;
	headers: Record<string, string>;
	/** A parsed JSON value, a text where the content type is not JSON, or undefined where there is no body. */
	body: unknown;
}

/** Answers to a create call that carry only the address of what was made. */
export const REDIRECTS: readonly number[] = [302, 303];

/** Everything that the contract leaves open and that touches writes, or lists in which a write is looked up. */
export interface Behaviour {
	// References (Fondo) and names of batches (Finvis).
	showReference(reference: string, view: View, life: Life, now: number): string | undefined;
	/** What a create call with a used reference gets. */
	readonly usedReference: 'executed' | 400 | 409;
	showName(name: string, life: Life, now: number): string | undefined;
	/** Another person makes a draft of the same name for other payees just before ours. */
	readonly plantsDrafts: boolean;

	// Lists.
	readonly listsForbidden: boolean;
	shownFrom(life: Life): number;
	shownUntil(life: Life): number;
	readonly start: 'inclusive' | 'exclusive' | 'ignored';
	/** Rows of a page, `Infinity` for all. */
	pageSize(asked: number | undefined): number | 'refused';
	readonly newestFirst: boolean;
	sortedId(sequence: number, createdAt: number): string | number | undefined;
	readonly beyondTheEnd: 'empty' | 'not found' | 'last page';
	readonly pageNumberIgnored: boolean;
	readonly filtersIgnored: boolean;
	listBody(page: Page): unknown;

	// Answers to writes.
	readonly createdStatus: 200 | 201 | 202 | 204 | 302 | 303;
	createdBody(object: Readonly<Record<string, unknown>>): unknown;
	/** The answer to a call that was executed, where it is not the good one. */
	readonly errorAfterEffect: VendorResponse | undefined;
	/** The answer to a call that was refused: the usual one, or another with the same reason. */
	refusal(usual: VendorResponse, reason: string): VendorResponse;
	readonly validateOnly: 'order without id' | 'valid' | 'invalid in 200' | 'order with id' | 'executed';
	/** What a second submit, approval, confirmation or cancellation gets. */
	readonly actAgain: 400 | 409 | 'state' | 'executed';

	// Idempotency keys (Finvis).
	readonly keyWithOtherBody: 'first answer' | 400 | 409 | 422;
	/** Milliseconds for which a key is remembered; 0 means that keys are ignored. */
	readonly keyLifetime: number;
	readonly keysKeepRefusals: boolean;
	readonly keyForm: RegExp;
	/** Milliseconds for which a first call counts as under way, so that its repeat is answered with 409. */
	readonly keyUnderWay: number;

	// How values are written.
	amount(value: unknown): unknown;
	/** A moment, from milliseconds. */
	moment(at: number): string;
	/** A day, from YYYY-MM-DD. */
	day(day: string): string;
	code(code: string): string;
	id(id: string): string;
	personalNumber(number: string): string;
	/** The payments as a batch or an instruction shows them, undefined where it shows none. */
	payments(payments: readonly unknown[]): readonly unknown[] | undefined;
	status(word: string): string;
	/** An order, or a batch that is not submitted, ends with this word after so many milliseconds. */
	readonly death: { readonly after: number; readonly word: string } | undefined;

	// What only a caller over HTTP sees.
	/** IDs as numbers, and back. */
	readonly idNumber: { write(id: string): number | bigint; read(number: string): string | undefined } | undefined;
	/** The answer that has a token. */
	tokenAnswer(usual: VendorResponse): VendorResponse;
	/** The status that a token gets which does not hold any longer. */
	readonly expiredToken: 400 | 401 | 403;
	/** An error, from the usual one with its code and its reason. */
	errorAnswer(usual: VendorResponse, code: string, reason: string): VendorResponse;
	/** The headers of a 429, undefined for the usual ones. Times are milliseconds. */
	throttleHeaders(resetAt: number, now: number): Readonly<Record<string, string>> | undefined;
	listHeaders(page: Page): Readonly<Record<string, string>>;
	/** The body and the headers of a file. */
	file(bytes: Uint8Array, url: string): Omit<VendorResponse, 'status'>;
	// Events: frames of Fondo's stream and its callbacks, webhooks of Finvis.
	/** A state of an object in an event, where it differs from lists. */
	eventState(state: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
	/** One event, from the contract's form of it. */
	event(event: Readonly<Record<string, unknown>>): unknown;
	/** After how many milliseconds each copy of an event is sent; `number` counts the events from 1. */
	eventCopies(number: number): readonly number[];
	/** Milliseconds for which events wait for others, to be sent in one message; 0 sends each one alone. */
	readonly eventsCollectedFor: number;
	/** The message that carries several events. */
	eventList(events: readonly unknown[]): unknown;
	/** The text of a webhook, from its JSON. */
	webhookText(json: string): string;
	/** The signature of a webhook, undefined for the format of the settings. `at` is milliseconds. */
	readonly webhookSignature: WebhookSignature | undefined;
	readonly frameForm: 'text' | 'binary' | 'compressed';
	/** When the server closes the event stream, and with which code. With 4401 the token does not hold any longer. */
	readonly streamEnd: { readonly after: number; readonly code: number } | undefined;
	/** How many of the latest events a new connection gets again. */
	readonly streamReplays: number;
	/** How the server opens the event stream: `subprotocol` refuses a client that names none, 302 redirects every client. */
	readonly streamOpening: 'plain' | 'subprotocol' | 302;
	/** The status of the redirect that a path without a slash at its end gets, undefined for none. */
	readonly redirectsToSlash: 301 | 302 | 307 | 308 | undefined;
}
