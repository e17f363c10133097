/** How an instruction is found again: by its ID, or by the references of its payments. */
import type { IDataObject } from 'n8n-workflow';
import type { ConnectionState } from '../shared/connectionState';
import { isObject } from '../shared/core/isObject';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, Lookup, SendRequest } from '../shared/http/request';
import { fingerprint, legacyKeyOf } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { marksSet } from '../shared/writes/memory';
import type { Write } from '../shared/writes/write';
import type { FindReference } from './findReference';
import { conflictIn, differenceIn, hasDerivedReference, withoutDerivedReferences } from './instructionPayments';
import { basis, keyOf, readObject, shownIn } from './writeBasis';

const INSTRUCTION = 'GET /v2/partner/client/{client_id}/instruction/{instruction_id}';

const paymentsOf = ({ body }: ApiRequest): IDataObject[] => (Array.isArray(body?.payments) ? body.payments.filter(isObject) : []);

const readInstruction = async (send: SendRequest, { path = {} }: ApiRequest, id: string) =>
	await readObject(send, { route: INSTRUCTION, path: { client_id: path.client_id, instruction_id: id } });

/** Describes the instructions of a connection to the record of writes. */
export function instructionWrite(connection: Connection, memory: Memory, state: ConnectionState, find: FindReference) {
	/** Whether this process has handed this instruction over: then some of its payments are drawn before others. */
	const isHandedOver = async (request: ApiRequest, reference: string) => {
		const key = keyOf(connection, request, reference);
		return state.known.has(key) || (await marksSet(memory, [`${key} sent`])).has(`${key} sent`);
	};

	/** Payments of an instruction come into the list of deposits one by one, days later; no list shows the instruction itself. */
	return (request: ApiRequest, lookup: Lookup, send: SendRequest): Write => {
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
				: [{ name, key: keyOf(connection, request, name), content: [reference, payments[index]] }],
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
			...basis(connection, request, reference),
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
	};
}
