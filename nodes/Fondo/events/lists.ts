import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Send } from '../../shared/transport/call';
import { bySortedId } from '../../shared/transport/pages';
import { isObject } from '../certainty';
import type { Change } from './change';
import { changeOfRow } from './change';

/** Where the lists tell of objects: all that Fondo documents with `modifiedFrom`. Journeys have no list. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
	account: ['GET /v2/partner/client/{client_id}/account'],
	order: ['GET /v2/partner/client/{client_id}/order'],
	transaction: ['GET /v2/partner/client/{client_id}/transaction/cash', 'GET /v2/partner/client/{client_id}/transaction/fund'],
};

const CLIENT = 'GET /v2/partner/client/{client_id}';
const JOURNEY = 'GET /v2/partner/client/{client_id}/journey/{journey_id}';

/** The client itself, and Fondo's own time: no clock but Fondo's can be compared with a modifiedDate. */
export async function readClient(send: Send, clientId: string): Promise<{ client: IDataObject; now: number | undefined }> {
	const { body, headers } = await send({ route: CLIENT, path: { client_id: clientId } });
	const now = Date.parse(headers.date);
	return { client: isObject(body) ? body : {}, now: Number.isNaN(now) ? undefined : now };
}

async function* rowsOf(send: Send, request: ApiRequest) {
	for await (const { rows } of bySortedId(send, request)) yield* rows;
}

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

/** All objects of these kinds that were changed since `readFrom`. */
export async function changesSince(send: Send, { clientId, objects, readFrom, readTo, journeys }: Reading): Promise<Change[]> {
	const query = { modifiedFrom: new Date(readFrom).toISOString() };
	const changes: Change[] = [];
	for (const object of objects) {
		for (const route of LISTS[object] ?? []) {
			for await (const row of rowsOf(send, { route, path: { client_id: clientId }, query })) changes.push(changeOfRow(object, row, readTo));
		}
	}
	for (const journey of journeys) {
		const { body } = await send({ route: JOURNEY, path: { client_id: clientId, journey_id: journey } });
		if (isObject(body)) changes.push(changeOfRow('journey', body, readTo));
	}
	if (objects.includes('client')) changes.push(changeOfRow('client', (await readClient(send, clientId)).client, readTo));
	return changes;
}
