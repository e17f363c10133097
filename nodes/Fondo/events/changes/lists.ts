import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from '../../../shared/http/request';
import { bySortedId } from '../../../shared/http/pagination';
import { UserError, REPORT_IT } from '../../../shared/core/userError';
import { isObject } from '../../certainty';
import type { Change } from './change';
import { changeOfRow } from './change';
import { isRefusal } from './refused';

const CLIENTS = 'GET /v2/partner/client';
const JOURNEY = 'GET /v2/partner/client/{client_id}/journey/{journey_id}';

/** Where the lists tell of objects: all that Fondo documents with `modifiedFrom`. Journeys have no list. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
	account: ['GET /v2/partner/client/{client_id}/account'],
	client: [CLIENTS],
	order: ['GET /v2/partner/client/{client_id}/order'],
	transaction: ['GET /v2/partner/client/{client_id}/transaction/cash', 'GET /v2/partner/client/{client_id}/transaction/fund'],
};

export interface Reading {
	readonly clientId: string;
	readonly objects: readonly string[];
	/** ms since 1970: rows changed since then are read. */
	readonly readFrom: number;
	/** ms since 1970: what was made later is new. */
	readonly readTo: number;
	/** Journeys to look at one by one. */
	readonly journeys: readonly string[];
}

export interface ReadResult {
	readonly changes: Change[];
	/** Fondo's time when reading began, ms since 1970; undefined where it tells none. */
	readonly readAt: number | undefined;
	/** Why one of the lists was not read: Fondo refused it, the others are told all the same. */
	readonly refused?: unknown;
}

/** Fondo's own time, as an answer tells it; no clock but Fondo's can be compared with a modifiedDate. Fails when Fondo does not let us in. */
export async function timeAt(send: SendRequest): Promise<number | undefined> {
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

/** All objects of these kinds that were changed since `readFrom`. Fails when nothing can be read. */
export async function changesSince(send: SendRequest, reading: Reading): Promise<ReadResult> {
	const { clientId, objects, readFrom, readTo, journeys } = reading;
	const readAt = await timeAt(send);
	const query = { modifiedFrom: new Date(readFrom).toISOString() };
	const path = { client_id: clientId };
	const refusals: unknown[] = [];
	const rowsIn = async (object: string, request: ApiRequest) =>
		await rowsOf(send, request).then(
			(rows) => rows.filter(({ id }) => object !== 'client' || id === clientId).map((row) => changeOfRow(object, row, readTo)),
			async (error: unknown) => {
				if (!isRefusal(error)) return await Promise.reject(error);
				refusals.push(error);
				return [];
			},
		);
	const changes: Change[] = [];
	const requests = objects.flatMap((object) => (LISTS[object] ?? []).map((route) => ({ object, request: { route, path, query } })));
	for (const { object, request } of requests) changes.push(...(await rowsIn(object, request)));
	if (refusals.length > 0 && refusals.length === requests.length) return await Promise.reject(refusals[0]);
	for (const journey of journeys) {
		const { body } = await send({ route: JOURNEY, path: { ...path, journey_id: journey } });
		if (isObject(body)) changes.push(changeOfRow('journey', body, readTo));
	}
	// Not every list need know `modifiedFrom`, and what has no date only the stream can tell.
	return { changes: changes.filter(({ at }) => at !== undefined && at >= readFrom), readAt, refused: refusals[0] };
}
