import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/core/isObject';
import { foldId, foldLookAlikes } from '../shared/core/lookAlikes';
import { REPORT_IT, UserError } from '../shared/core/userError';
import type { Connection } from '../shared/http/connection';
import { sendsNoWrite } from '../shared/http/connection';
import type { ApiRequest, ApiResponse, Lookup, Middleware, SendRequest } from '../shared/http/request';
import type { ConnectionState } from '../shared/connectionState';
import { objectIn } from '../shared/writes/answers';
import { isSameValue } from '../shared/writes/canonical';
import { diff } from '../shared/writes/diff';
import { fingerprint, legacyKeyOf, referenceKey } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { marksSet } from '../shared/writes/memory';
import { recordOfWrites } from '../shared/writes/record';
import { remarksOn } from '../shared/writes/remarks';
import { ListUnavailableError } from '../shared/writes/requireList';
import type { Shown, Write } from '../shared/writes/write';
import { conflictIn, differenceIn, hasDerivedReference, withoutDerivedReferences } from './instructionPayments';
import { isDead } from './orderStatus';
import { ListOrderError, ReferenceIndex } from './referenceIndex';

const ORDERS = 'GET /v2/partner/client/{client_id}/order';
const CASH = 'GET /v2/partner/client/{client_id}/transaction/cash';
const INSTRUCTION = 'GET /v2/partner/client/{client_id}/instruction/{instruction_id}';
const ORDER = 'GET /v2/partner/client/{client_id}/order/{order_id}';

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

/** Cash that moves under a reference of its own. Bookings of an order carry the reference of the order. */
const OWN_CASH = ['withdrawal', 'deposit'];

/** Words of Fondo and of vendors like it for what will be executed. */
const ALIVE = /^(received|pending|sent|confirmed|settled|hold|new|processing|completed)$/i;

const dead = (reference: string) =>
	new UserError(
		`What Fondo has under '${reference}' was cancelled`,
		'A reference is executed once, and that was it. Nothing was sent. Look at it in Fondo before you order it again.',
	);

/** What the call says by its path and a row of the list says in a field. */
const saidInPath = ({ path = {}, lookup }: ApiRequest): IDataObject =>
	Object.fromEntries(Object.entries(lookup?.match ?? {}).map(([field, name]) => [field, path[name]]));

const paymentsOf = ({ body }: ApiRequest): IDataObject[] => (Array.isArray(body?.payments) ? body.payments.filter(isObject) : []);

const isCheck = ({ query }: ApiRequest) => String(query?.['validate-only'] ?? '') === 'true';

/**
 * Fondo takes no idempotency key (contracts/NOTES.md 1.6): `clientRef` carries the reference, and Fondo's own lists show it.
 * A reference is looked for among orders and among cash of the client, so an order and a payout never share one.
 */
export function fondoWrites(connection: Connection, memory: Memory, state: ConnectionState): readonly Middleware[] {
	const host = new URL(connection.baseUrl).host;

	const indexOf = (list: string, client: string) =>
		state.once(
			`references of ${list} ${client} ${connection.corrections?.text ?? ''}`,
			() => new ReferenceIndex(list, { client_id: client }, state.withLock),
		);

	const isOfKind =
		({ filter = {} }: Pick<Lookup, 'filter'>) =>
		(row: IDataObject) =>
			Object.entries(filter).every(([name, value]) => isSameValue(name, row[name], value));

	/** Cash of another kind under the same reference, or an order where cash is looked for. */
	const isOtherKind = (list: string, lookup: Lookup) => (row: IDataObject) =>
		list === ORDERS
			? lookup.list !== ORDERS
			: OWN_CASH.includes(String(row.transactionType).toLowerCase()) && !(lookup.list === CASH && isOfKind(lookup)(row));

	/** The objects of these references; where there are none, one of another kind that has used one of them. */
	async function find(send: SendRequest, { path = {} }: ApiRequest, lookup: Lookup, references: readonly string[]) {
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
	}

	function orderOf(request: ApiRequest, lookup: Lookup, send: SendRequest): Write {
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
			...basis(request, reference),
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
				return usedBy === undefined ? [] : [usedBy];
			},
			shownBy: (response) => shownIn(response, show),
		};
	}

	/** An order that a list does not show can be read by its ID, as far as Fondo says. */
	const readOrder = async (send: SendRequest, { path = {} }: ApiRequest, id: string) =>
		await readObject(send, { route: ORDER, path: { client_id: path.client_id, order_id: id } });

	/** Payments of an instruction come into the list of deposits one by one, days later; no list shows the instruction itself. */
	function instructionOf(request: ApiRequest, lookup: Lookup, send: SendRequest): Write {
		const reference = foldLookAlikes(request.reference ?? '');
		const payments = paymentsOf(request);
		const references = payments.map(({ clientRef }) => foldLookAlikes(String(clientRef)));
		const twice = references.find((one, index) => references.indexOf(one) !== index);
		if (twice !== undefined)
			throw new UserError(
				`Two payments have the reference '${twice}'`,
				'Nothing was sent. Give each payment a reference of its own, or leave the field empty.',
			);
		const own = references.flatMap((name, index) =>
			hasDerivedReference(payments[index], reference)
				? []
				: [{ name, key: referenceKey(host, connection.identity, name, scopeOf(request)), content: [reference, payments[index]] }],
		);
		const legacy = legacyKeyOf(connection, request);
		// Version 0.1.0 derived references with a hyphen.
		const legacyBody = {
			...request.body,
			payments: payments.map((payment, index) =>
				payment.clientRef === `${reference}+${index + 1}` ? { ...payment, clientRef: `${reference}-${index + 1}` } : payment,
			),
		};
		return {
			...basis(request, reference),
			content: [request.route, request.path, { ...request.body, payments: withoutDerivedReferences(payments, reference) }],
			claims: own,
			before: { sent: legacy, same: `${legacy} ${fingerprint(legacyBody)}`, done: [`${legacy} done`, `${legacy} done indeed`] },
			request,
			needsMemory: true,
			look: async ({ object }) => {
				const instruction = object?.id === undefined ? undefined : await readInstruction(send, request, String(object.id));
				if (instruction !== undefined) return [{ object: instruction, conflict: conflictIn(payments, instruction), isProven: true }];
				const { own: rows, usedBy } = await find(send, request, lookup, references);
				if (usedBy !== undefined) return [usedBy];
				const there = rows.filter((row) => row !== undefined);
				const other = differenceIn(payments, rows, reference);
				if (other !== undefined)
					return [
						{
							object: rows[other.index] ?? {},
							conflict: `In what Fondo has under it, ${other.differing}.`,
							reference: references[other.index],
						},
					];
				if (there.length === 0) return [];
				if (there.length < payments.length && !(await isHandedOver(request, reference)))
					throw new UserError(
						`Fondo has some payments of '${reference}' already, but not all`,
						`There: ${references
							.filter((_, index) => rows[index] !== undefined)
							.slice(0, 5)
							.join(', ')}. Nothing was sent. If they belong to another instruction, give this one or its payments their own reference.`,
					);
				return there.length === payments.length ? [{ object: there[0] }] : [];
			},
			shownBy: (response) => shownIn(response, (object) => ({ object, conflict: conflictIn(payments, object) })),
		};
	}

	const readInstruction = async (send: SendRequest, { path = {} }: ApiRequest, id: string) =>
		await readObject(send, { route: INSTRUCTION, path: { client_id: path.client_id, instruction_id: id } });

	/** Whether this process has handed this instruction over: then some of its payments are drawn before others. */
	const isHandedOver = async (request: ApiRequest, reference: string) => {
		const { key } = basis(request, reference);
		return state.known.has(key) || (await marksSet(memory, [`${key} sent`])).has(`${key} sent`);
	};

	const scopeOf = ({ referenceScope, route, path }: ApiRequest) => (referenceScope === 'operation' ? [route, path] : null);

	const basis = (request: ApiRequest, reference: string): Pick<Write, 'key' | 'name' | 'content'> => ({
		key: referenceKey(host, connection.identity, reference, scopeOf(request)),
		name: reference,
		content: [request.route, request.path, { ...request.body, clientRef: undefined }],
	});

	/** Fondo calls DELETE idempotent (contracts/NOTES.md 1.1): the object is read before, so what this node has done is found and not done again. */
	function actOf(request: ApiRequest, { read, id, isDone }: (typeof ACTS)[string], send: SendRequest): Write {
		const { route, path = {} } = request;
		const name = foldId(path[id]);
		return {
			key: referenceKey(host, connection.identity, name, route),
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

	const describe = (request: ApiRequest, send: SendRequest): Write | undefined => {
		const act = ACTS[request.route];
		if (act !== undefined) return actOf(request, act, send);
		const { reference, lookup } = request;
		if (reference === undefined) return undefined;
		if (lookup === undefined)
			throw new UserError(`${request.route} names no list to look for its reference`, `This is a defect of this package. ${REPORT_IT}`);
		return lookup.eventual ? instructionOf(request, lookup, send) : orderOf(request, lookup, send);
	};
	return [recordOfWrites(describe, state, memory, sendsNoWrite(connection))];
}

/** One object, read by its ID. */
async function readObject(send: SendRequest, request: ApiRequest): Promise<IDataObject | undefined> {
	const { status, body } = await send(request);
	return status === 200 ? objectIn(body) : undefined;
}

/** What a good answer shows; undefined where it shows no object. */
function shownIn(response: ApiResponse, show: (object: IDataObject) => Shown): Shown | undefined {
	const object = objectIn(response.body);
	return object && show(object);
}
