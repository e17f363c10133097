/** How it is known that an order is cancelled, or an account closed: Fondo shows the object. */
import type { IDataObject } from 'n8n-workflow';
import { foldId } from '../shared/core/lookAlikes';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, SendRequest } from '../shared/http/request';
import { referenceKey } from '../shared/writes/idempotencyKey';
import type { Write } from '../shared/writes/write';
import { ORDER, readObject, shownIn } from './writeBasis';

/** What acts on one object, once: the read that shows the object, its ID in the path, and whether it is done. */
const ACTS: Readonly<Record<string, { read: string; id: string; isDone(object: IDataObject): boolean }>> = {
	'DELETE /v2/partner/client/{client_id}/order/{order_id}': {
		read: ORDER,
		id: 'order_id',
		isDone: ({ status }) => /^cancell?ed$/i.test(String(status)),
	},
	'DELETE /v2/partner/client/{client_id}/account/{account_id}': {
		read: 'GET /v2/partner/client/{client_id}/account/{account_id}',
		id: 'account_id',
		isDone: ({ deleted, status }) => deleted === true || /^closed$/i.test(String(status)),
	},
};

/** Fondo calls DELETE idempotent (contracts/NOTES.md 1.1): the object is read before, so what this node has done is found and not done again. */
export function actWrite({ baseUrl, identity }: Connection, request: ApiRequest, send: SendRequest): Write | undefined {
	const act = ACTS[request.route];
	if (act === undefined) return undefined;
	const { read, id, isDone } = act;
	const { route, path = {} } = request;
	const name = foldId(path[id]);
	return {
		key: referenceKey(new URL(baseUrl).host, identity, name, route),
		name,
		content: [route, path.client_id ?? '', name],
		request,
		isIdempotent: true,
		look: async (recall) => {
			if (recall.state === 'nothing') return [];
			// Somebody else may have done it: then Fondo says so.
			const object = await readObject(send, { route: read, path: { client_id: path.client_id, [id]: name } });
			return object !== undefined && isDone(object) ? [{ object, isProven: true }] : [];
		},
		shownBy: (response) => shownIn(response, (object) => ({ object })),
	};
}
