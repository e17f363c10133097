/** How it is known that an act is done: a batch is submitted, an approval is given, a match is confirmed. */
import type { IDataObject } from 'n8n-workflow';
import { foldId } from '../shared/core/lookAlikes';
import { keepNewest } from '../shared/core/seenKeys';
import { UserError } from '../shared/core/userError';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, SendRequest } from '../shared/http/request';
import { objectIn } from '../shared/writes/answers';
import { referenceKey } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { provenAmong } from '../shared/writes/proofOfMarks';
import type { Write } from '../shared/writes/write';
import { allRows, whereReadable } from './allRows';
import { batchIndexOf, BATCHES } from './batchIndex';
import { APPROVED, isAlive, SUBMITTED } from './controls/batch';

/** Pending approvals that one process remembers, to know their batches when they are no longer pending. */
const MOST_APPROVALS = 1_000;

/** Batches among which n8n's memory is asked for that of an approval, the newest first, and how many at a time: a full memory loses as many other marks. */
const MOST_BATCHES = 450;
const BATCHES_A_LOOK = 45;

/** Describes each act to the record of writes. */
export function actWrites(connection: Connection, state: ConnectionState, memory: Memory) {
	const host = new URL(connection.baseUrl).host;
	const index = batchIndexOf(connection, state);
	const approvals = state.once('approvals', () => new Map<string, IDataObject>());

	const actOn = (request: ApiRequest, id: string): Omit<Write, 'look'> => ({
		key: referenceKey(host, connection.identity, id, request.route),
		name: id,
		content: [request.route, id],
		request,
		shownBy: ({ body }) => {
			const object = objectIn(body);
			return object && { object };
		},
	});

	function submitOf(request: ApiRequest, send: SendRequest): Write {
		const id = foldId(request.path?.id);
		return {
			...actOn(request, id),
			look: async () => {
				const batch = await whereReadable(async () => await index.byId(send, id), undefined);
				if (batch === undefined) return [];
				if (!isAlive(batch))
					throw new UserError(
						`This batch has the status '${String(batch.status)}'`,
						'It will not be paid. Nothing was sent. Look at it in Finvis.',
					);
				return SUBMITTED.test(String(batch.status)) ? [{ object: batch, isProven: true }] : [];
			},
		};
	}

	/** Finvis lists pending approvals only. What was decided is known by its batch, which the process or n8n remembers. */
	function approvalOf(request: ApiRequest, send: SendRequest): Write {
		const id = foldId(request.path?.id);
		const write = actOn(request, id);
		const ofBatch = (batch: unknown) => `${write.key} of ${String(batch)}`;
		const isBatchApproved = async () => {
			const approved = (await whereReadable(async () => await allRows(send, BATCHES), [])).filter(({ status }) =>
				APPROVED.test(String(status)),
			);
			const known = approvals.get(id);
			if (known !== undefined) return approved.some((batch) => String(batch.id) === String(known.object_id));
			const newest = approved
				.sort((one, other) => (String(one.created_at ?? '') < String(other.created_at ?? '') ? 1 : -1))
				.slice(0, MOST_BATCHES)
				.map(({ id: batch }) => ofBatch(batch));
			while (newest.length > 0) if ((await provenAmong(memory, newest.splice(0, BATCHES_A_LOOK))).length > 0) return true;
			return false;
		};
		return {
			...write,
			look: async ({ state: known }) => {
				const rows = await whereReadable(async () => await allRows(send, 'GET /approvals/pending'), undefined);
				const row = rows?.find((one) => foldId(one.id) === id);
				if (row !== undefined) {
					if (!approvals.has(id)) await memory.mark([ofBatch(row.object_id)]);
					keepNewest(approvals, id, row, MOST_APPROVALS);
				}
				if (rows === undefined || row !== undefined || known === 'nothing') return [];
				const isDone = known === 'done' || (await isBatchApproved());
				// The row was last seen when it was pending.
				return isDone ? [{ object: { ...approvals.get(id), id, status: 'approved', decided_at: undefined }, isProven: true }] : [];
			},
		};
	}

	function confirmationOf(request: ApiRequest, send: SendRequest): Write {
		const id = foldId(request.path?.id);
		return {
			...actOn(request, id),
			look: async ({ state: known }) => {
				const rows = await whereReadable(async () => await allRows(send, 'GET /reconciliation/matches'), undefined);
				const row = rows?.find((one) => foldId(one.id) === id);
				if (row !== undefined) return /^confirmed$/i.test(String(row.status)) ? [{ object: row, isProven: true }] : [];
				return rows !== undefined && known === 'done' ? [{ object: { id, status: 'confirmed' }, isProven: true }] : [];
			},
		};
	}

	return { submitOf, approvalOf, confirmationOf };
}
