import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/core/isObject';
import { REPORT_IT, UserError } from '../../../shared/core/userError';
import { bySortedId } from '../../../shared/http/pagination';
import type { ApiRequest, SendRequest } from '../../../shared/http/request';
import { isPermanent } from '../../../shared/http/errors';
import type { Change } from './change';
import { changeOfRow, idText } from './change';

const CLIENTS = 'GET /v2/partner/client';
const JOURNEY = 'GET /v2/partner/client/{client_id}/journey/{journey_id}';

/** The lists for which Fondo documents `modifiedFrom`, by object type. Journeys have no list. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
	account: ['GET /v2/partner/client/{client_id}/account'],
	client: [CLIENTS],
	order: ['GET /v2/partner/client/{client_id}/order'],
	transaction: ['GET /v2/partner/client/{client_id}/transaction/cash', 'GET /v2/partner/client/{client_id}/transaction/fund'],
};

/** What to read. Times are milliseconds since 1970. */
export interface ReadRange {
	readonly clientId: string;
	readonly objects: readonly string[];
	/** Read the rows that were modified at this time or later. */
	readonly readFrom: number;
	/** The lists were read up to this time before: an object created later is new. */
	readonly readTo: number;
	/** IDs of journeys to read one by one. */
	readonly journeys: readonly string[];
}

export interface ReadResult {
	readonly changes: Change[];
	/** Fondo's time when the read began, milliseconds since 1970; undefined when its response has no `Date` header. */
	readonly readAt: number | undefined;
	/** The error of a list that Fondo refused; the changes of the other lists are in `changes` nevertheless. */
	readonly refused?: unknown;
	/** The types of objects whose lists Fondo did not answer now; none of their changes are in `changes`. */
	readonly unread: readonly string[];
	/** Some rows have no date that can be read; the others are in `changes`. */
	readonly undated?: UserError;
}

/**
 * Fondo's time in milliseconds since 1970, from the `Date` header: only Fondo's own clock can be compared with a `modifiedDate`.
 * Rejects when Fondo refuses the credential or cannot be reached.
 */
export async function fondoTime(send: SendRequest): Promise<number | undefined> {
	const time = Date.parse((await send({ route: CLIENTS, query: { limit: 1 } })).headers.date);
	return Number.isNaN(time) ? undefined : time;
}

async function rowsOf(send: SendRequest, request: ApiRequest): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for await (const { rows } of bySortedId(send, request)) {
		for (const row of rows) {
			const before = all.at(-1)?.sortedId;
			if (typeof before === 'string' && typeof row.sortedId === 'string' && row.sortedId < before)
				throw new UserError('A list of Fondo is not in the order that its contract promises', `It cannot be read to its end. ${REPORT_IT}`);
			all.push(row);
		}
	}
	return all;
}

/** All objects of the given types that were changed since `readFrom`. Rejects when Fondo refuses every list for good. */
export async function changesSince(send: SendRequest, range: ReadRange): Promise<Omit<ReadResult, 'readAt'>> {
	const { clientId, objects, readFrom, readTo, journeys } = range;
	const query = { modifiedFrom: new Date(readFrom).toISOString() };
	const path = { client_id: clientId };
	const refusals: unknown[] = [];
	const unread = new Set<string>();
	const refuse = (object: string, error: unknown) => {
		refusals.push(error);
		if (!isPermanent(error)) unread.add(object);
	};
	const found: Change[] = [];
	const requests = objects.flatMap((object) => (LISTS[object] ?? []).map((route) => ({ object, request: { route, path, query } })));
	for (const { object, request } of requests) {
		const rows = await rowsOf(send, request).catch((error: unknown) => refuse(object, error));
		for (const row of rows ?? []) if (object !== 'client' || idText(row.id) === clientId) found.push(changeOfRow(object, row, readTo));
	}
	if (refusals.length > 0 && refusals.length === requests.length && unread.size === 0) return await Promise.reject(refusals[0]);
	for (const journey of journeys) {
		const body = await send({ route: JOURNEY, path: { ...path, journey_id: journey } }).then(
			(response) => response.body,
			// A journey that Fondo no longer shows is no trouble.
			(error: unknown) => (isPermanent(error) ? undefined : refuse('journey', error)),
		);
		if (isObject(body)) found.push(changeOfRow('journey', body, readTo));
	}
	const changes = found.filter(({ object }) => !unread.has(object));
	const undated = changes.find(({ at }) => at === undefined);
	return {
		// A list may ignore `modifiedFrom`.
		changes: changes.filter(({ at }) => at !== undefined && at >= readFrom),
		refused: refusals[0],
		unread: [...unread],
		undated:
			undated &&
			new UserError(
				`A row of Fondo's list (${undated.object}) has no date that can be read`,
				`Its changes are known only from the event stream. ${REPORT_IT}`,
			),
	};
}
