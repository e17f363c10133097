import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../certainty';

const MINUTE_MS = 60_000;
/** Who is about to sign when the link goes stale may still finish, and two clocks need not agree. */
const AFTER_EXPIRY_MS = 10 * MINUTE_MS;
/** A journey that stays open after its expiry is looked at this often by a workflow that waits for it again and again. */
export const LEAST_MS = 5 * MINUTE_MS;
const WITHOUT_EXPIRY_MS = 7 * 24 * 60 * MINUTE_MS;

const OPEN = ['new', 'pending'];

/** How a journey ended: complete, canceled, error, expired or a status not known here; undefined while it is open. */
export const journeyOutcomeOf = ({ status }: IDataObject): string | undefined =>
	typeof status === 'string' && status !== '' && !OPEN.includes(status) ? status : undefined;

/** Until when to wait for an open journey; in ms since 1970. */
export function waitUntil({ expiryDate }: IDataObject, limitHours: number, now: number): number {
	if (limitHours > 0) return now + limitHours * 60 * MINUTE_MS;
	const expiry = typeof expiryDate === 'string' ? Date.parse(expiryDate) : NaN;
	return Number.isNaN(expiry) ? now + WITHOUT_EXPIRY_MS : Math.max(expiry + AFTER_EXPIRY_MS, now + LEAST_MS);
}

const withoutQuery = (url: string) => url.split('?')[0];
const folderOf = (url: string) => withoutQuery(url).replace(/[^/]*$/, '');

/** Whether Fondo will call another execution of this n8n: nobody calls the one that waits then. */
export const callsAnother = ({ callbackUrl }: IDataObject, resumeUrl: string): boolean =>
	typeof callbackUrl === 'string' && folderOf(callbackUrl) === folderOf(resumeUrl) && withoutQuery(callbackUrl) !== withoutQuery(resumeUrl);

/** The journey as a callback tells of it. Nothing in it is to be believed: the signature of callbacks is not documented. */
export const journeyIdIn = (body: unknown): IDataObject => {
	const { current, previous } = isObject(body) ? body : {};
	return isObject(current) ? current : isObject(previous) ? previous : {};
};
