import type { VendorResponse } from '../position';

export type { VendorResponse };

export interface VendorRequest {
	readonly method: string;
	/** After the base URL, with decoded segments. */
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
	/** Whose call it is. The vendor copies it into the effect and uses it for nothing else. */
	readonly cause?: number;
}

/** Something that really happened at the vendor, once per execution, whatever the vendor answered. */
export interface Effect {
	/** The ID of the object as the vendor keeps it. */
	readonly id: string;
	/** The route as the contract writes it. */
	readonly operation: string;
	readonly at: number;
	/** `clientRef` or the batch name as it arrived; the first payment's reference of an instruction; the ID for an act on an object. */
	readonly reference: string;
	readonly key?: string;
	readonly sent: unknown;
	readonly path: Readonly<Record<string, string>>;
	/** The tenant (Finvis) or the client (Fondo). */
	readonly caller: string;
	/** The call asked for a check only. */
	readonly isValidation: boolean;
	readonly cause?: number;
	/** When the object ended or will end without being executed; absent when it does not. */
	endedAt?: number;
}

/**
 * A vendor that decides everything from the request, the time and what happened before. Time never runs backwards, and
 * neither side changes a body that it got: a cached answer is the same object each time.
 */
export interface Vendor {
	handle(request: VendorRequest, now: number): VendorResponse;
	effects(): readonly Effect[];
}

export interface VendorOptions {
	/** Names of positions; those of the other API are left aside. */
	readonly positions?: readonly string[];
	/** Gives the next ID. */
	readonly ids?: () => string;
	/** Before the paths in `next` and `Location`. */
	readonly baseUrl?: string;
	/** Why this vendor refuses a well-formed write, or undefined. */
	readonly refuses?: (operation: string, body: Readonly<Record<string, unknown>>, now: number) => string | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const JSON_TYPE = 'application/json';

export function respond(status: number, body: unknown): VendorResponse {
	return { status, headers: { 'content-type': typeof body === 'string' ? 'text/plain' : JSON_TYPE }, body };
}

/** An object without its undefined fields, as JSON has it. A copy, because deleting fields makes an object slow. */
export function present(fields: Fields): Record<string, unknown> {
	const defined: Record<string, unknown> = {};
	for (const name in fields) if (fields[name] !== undefined) defined[name] = fields[name];
	return defined;
}
