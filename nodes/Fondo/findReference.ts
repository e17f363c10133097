/** Which object of Fondo has a reference. It is looked for among orders and among cash of the client. */
import type { IDataObject } from 'n8n-workflow';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, Lookup, SendRequest } from '../shared/http/request';
import { isSameValue } from '../shared/writes/canonical';
import { ListUnavailableError } from '../shared/writes/requireList';
import { ListOrderError, ReferenceIndex } from './referenceIndex';

export const ORDERS = 'GET /v2/partner/client/{client_id}/order';
const CASH = 'GET /v2/partner/client/{client_id}/transaction/cash';

/** Cash that moves under a reference of its own. Bookings of an order carry the reference of the order. */
export const OWN_CASH = ['withdrawal', 'deposit'];

const isOfKind =
	({ filter = {} }: Pick<Lookup, 'filter'>) =>
	(row: IDataObject) =>
		Object.entries(filter).every(([name, value]) => isSameValue(name, row[name], value));

/** Cash of another kind under the same reference, or an order where cash is looked for. */
const isOtherKind = (list: string, lookup: Lookup) => (row: IDataObject) =>
	list === ORDERS
		? lookup.list !== ORDERS
		: OWN_CASH.includes(String(row.transactionType).toLowerCase()) && !(lookup.list === CASH && isOfKind(lookup)(row));

/** Looks for references in the lists of a connection, which all its runs share. */
export function referenceFinder(connection: Connection, state: ConnectionState) {
	const indexOf = (list: string, client: string) =>
		state.once(
			`references of ${list} ${client} ${connection.corrections?.text ?? ''}`,
			() => new ReferenceIndex(list, { client_id: client }, state.withLock),
		);

	/** The objects of these references; where there are none, one of another kind that has used one of them. */
	return async function find(send: SendRequest, { path = {} }: ApiRequest, lookup: Lookup, references: readonly string[]) {
		const rowsIn = async (list: string) => {
			const isOther = isOtherKind(list, lookup);
			const isOwn = list === lookup.list ? isOfKind(lookup) : () => false;
			const all = await indexOf(list, path.client_id).find(send, references, (row) => isOwn(row) || isOther(row));
			return { own: all.map((rows) => rows.filter(isOwn).at(-1)), other: all.map((rows) => rows.find(isOther)) };
		};
		const { own, other } = await rowsIn(lookup.list);
		if (own.some((row) => row !== undefined)) return { own };
		const nextList = lookup.list === ORDERS ? CASH : ORDERS;
		// A list that may not be read proves nothing.
		const elsewhere = await rowsIn(nextList).catch(async (error: unknown) =>
			error instanceof ListUnavailableError || error instanceof ListOrderError ? undefined : await Promise.reject(error),
		);
		const used = [...other, ...(elsewhere?.other ?? [])];
		const index = used.findIndex((row) => row !== undefined);
		if (index === -1) return { own };
		const object = used[index] ?? {};
		const what = object.transactionType === undefined ? 'an order' : 'a payment';
		return { own, usedBy: { object, reference: references[index % references.length], conflict: `Fondo has ${what} under it.` } };
	};
}

export type FindReference = ReturnType<typeof referenceFinder>;
