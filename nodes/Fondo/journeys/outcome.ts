import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/core/isObject';
import { LEAST_WAIT_MS, MINUTE_MS } from '../../shared/output/waiting';

/** A customer who is signing when the link expires may still finish, and the clocks of Fondo and n8n may differ. */
const AFTER_EXPIRY_MS = 10 * MINUTE_MS;
const WITHOUT_EXPIRY_MS = 7 * 24 * 60 * MINUTE_MS;

/** Every status that ends a journey, and the outcome that it means. Fondo documents the first four. */
const ENDS: Readonly<Record<string, string>> = {
	complete: 'complete',
	canceled: 'canceled',
	error: 'error',
	expired: 'expired',
	completed: 'complete',
	cancelled: 'canceled',
	failed: 'error',
	rejected: 'rejected',
	declined: 'declined',
	aborted: 'aborted',
};

/** How a journey ended; undefined while it is open. A status that this node does not know is no end: the customer may still be signing. */
export const journeyOutcomeOf = ({ status }: IDataObject): string | undefined => {
	const name = String(status).toLowerCase();
	return Object.hasOwn(ENDS, name) ? ENDS[name] : undefined;
};

/** Until when to wait for an open journey, in milliseconds since 1970. A limit of 0 hours waits until the journey expires. */
export function waitUntil({ expiryDate }: IDataObject, limitHours: number, now: number): number {
	if (limitHours > 0) return now + limitHours * 60 * MINUTE_MS;
	const expiry = typeof expiryDate === 'string' ? Date.parse(expiryDate) : NaN;
	return Number.isNaN(expiry) ? now + WITHOUT_EXPIRY_MS : Math.max(expiry + AFTER_EXPIRY_MS, now + LEAST_WAIT_MS);
}

const withoutQuery = (url: string) => url.split('?')[0];
const folderOf = (url: string) => withoutQuery(url).replace(/[^/]*$/, '');

/** Whether the callback of the journey goes to another execution of this n8n. No callback would reach the execution that waits. */
export const callsAnotherExecution = ({ callbackUrl }: IDataObject, resumeUrl: string): boolean =>
	typeof callbackUrl === 'string' && folderOf(callbackUrl) === folderOf(resumeUrl) && withoutQuery(callbackUrl) !== withoutQuery(resumeUrl);

/** The journey in the body of a callback. Trust no field of it: Fondo does not document how callbacks are signed. */
export const journeyIn = (body: unknown): IDataObject => {
	const { current, previous } = isObject(body) ? body : {};
	return isObject(current) ? current : isObject(previous) ? previous : {};
};
