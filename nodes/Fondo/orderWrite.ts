/** How an order or a payout is found again under its reference: `clientRef` carries it, and a list shows it. */
import type { IDataObject } from 'n8n-workflow';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, Lookup, SendRequest } from '../shared/http/request';
import { diff } from '../shared/writes/diff';
import { remarksOn } from '../shared/writes/remarks';
import type { Shown, Write } from '../shared/writes/write';
import { ORDERS, type FindReference } from './findReference';
import { isDead } from './orderStatus';
import { basis, ORDER, readObject, shownIn } from './writeBasis';

/** Words of Fondo and of vendors like it for what will be executed. */
const ALIVE = /^(received|pending|sent|confirmed|settled|hold|new|processing|completed)$/i;

const dead = (reference: string) =>
	new UserError(
		`What Fondo has under '${reference}' was cancelled`,
		'A reference is executed once, and that was it. Nothing was sent. Look at it in Fondo before you order it again.',
	);

const amountAndUnits = () =>
	new UserError(
		"The order has both 'Amount' and 'Units'",
		'Nothing was sent. In \'Raw JSON Body\', remove "units" from a subscription, or "amount" from a redemption.',
	);

/** What the call says by its path and a row of the list says in a field. */
const saidInPath = ({ path = {}, lookup }: ApiRequest): IDataObject =>
	Object.fromEntries(Object.entries(lookup?.match ?? {}).map(([field, name]) => [field, path[name]]));

const isCheck = ({ query }: ApiRequest) => String(query?.['validate-only'] ?? '') === 'true';

/** An order that a list does not show can be read by its ID, as far as Fondo says. */
const readOrder = async (send: SendRequest, { path = {} }: ApiRequest, id: string) =>
	await readObject(send, { route: ORDER, path: { client_id: path.client_id, order_id: id } });

/** Describes an order or a payout to the record of writes. */
export function orderWrite(connection: Connection, find: FindReference, request: ApiRequest, lookup: Lookup, send: SendRequest): Write {
	const reference = foldLookAlikes(request.reference ?? '');
	const named: ApiRequest = { ...request, body: { ...request.body, clientRef: reference } };
	const show = (object: IDataObject): Shown => {
		const differing = diff({ ...request.body, ...saidInPath(request) }, object);
		return {
			object,
			conflict: differing && `In what Fondo has under it, ${differing}.`,
			dead: isDead(object) ? dead(reference) : undefined,
			remarks: remarksOn(object, 'clientRef', (text) => foldLookAlikes(text) === reference, ALIVE),
		};
	};
	return {
		...basis(connection, request, reference),
		request: named,
		isCheck: isCheck(request),
		look: async ({ object }) => {
			const {
				own: [row],
				usedBy,
			} = await find(send, request, lookup, [reference]);
			const own =
				row ?? (object?.id === undefined || lookup.list !== ORDERS ? undefined : await readOrder(send, request, String(object.id)));
			if (own !== undefined) return [show(own)];
			if (usedBy !== undefined) return [usedBy];
			if (Number(request.body?.amount) > 0 && Number(request.body?.units) > 0) throw amountAndUnits();
			return [];
		},
		shownBy: (response) => shownIn(response, show),
	};
}
