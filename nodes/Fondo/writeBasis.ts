/** What the writes of Fondo have in common: the key of a reference, and how an object is read. */
import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, ApiResponse, SendRequest } from '../shared/http/request';
import { objectIn } from '../shared/writes/answers';
import { referenceKey } from '../shared/writes/idempotencyKey';
import type { Shown, Write } from '../shared/writes/write';

/** The read of one order. */
export const ORDER = 'GET /v2/partner/client/{client_id}/order/{order_id}';

const scopeOf = ({ referenceScope, route, path }: ApiRequest) => (referenceScope === 'operation' ? [route, path] : null);

/** The key of a reference: the same for the same reference, whatever is written under it. */
export const keyOf = ({ baseUrl, identity }: Connection, request: ApiRequest, reference: string) =>
	referenceKey(new URL(baseUrl).host, identity, reference, scopeOf(request));

/** What identifies a write under a reference. */
export const basis = (connection: Connection, request: ApiRequest, reference: string): Pick<Write, 'key' | 'name' | 'content'> => ({
	key: keyOf(connection, request, reference),
	name: reference,
	content: [request.route, request.path, { ...request.body, clientRef: undefined }],
});

/** One object, read by its ID. */
export async function readObject(send: SendRequest, request: ApiRequest): Promise<IDataObject | undefined> {
	const { status, body } = await send(request);
	return status === 200 ? objectIn(body) : undefined;
}

/** What a good answer shows; undefined where it shows no object. */
export function shownIn(response: ApiResponse, show: (object: IDataObject) => Shown): Shown | undefined {
	const object = objectIn(response.body);
	return object && show(object);
}
