import type { IDataObject } from 'n8n-workflow';
import { foldId, foldLookAlikes } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import { keepNewest } from '../shared/core/seenKeys';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import { sendsNoWrite } from '../shared/http/connection';
import type { ApiRequest, Middleware, SendRequest } from '../shared/http/request';
import { objectIn } from '../shared/writes/answers';
import { contentFingerprint } from '../shared/writes/canonical';
import { diff } from '../shared/writes/diff';
import { fingerprint, legacyKeyOf, referenceKey, withKey } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { provenAmong } from '../shared/writes/marks';
import { recordOfWrites } from '../shared/writes/record';
import { remarksOn } from '../shared/writes/remarks';
import { ListUnavailableError } from '../shared/writes/requireList';
import type { Shown, Write } from '../shared/writes/write';
import { allRows } from './allRows';
import { BATCHES, BatchIndex } from './batchIndex';
import { isPlainNameFor, markIn, markOf, referenceHalf, withoutMarks } from './batchName';
import { legacyPayments, withoutDerivedIds } from './payments';
import { APPROVED, isAlive, SUBMITTED } from './controls/batch';
import { controlled, stamped } from './controls/controlled';

/** Pending approvals that one process remembers, to know their batches when they are no longer pending. */
const MOST_APPROVALS = 1_000;

/** Batches among which n8n's memory is asked for that of an approval, the newest first, and how many at a time: a full memory loses as many other marks. */
const MOST_BATCHES = 450;
const BATCHES_A_LOOK = 45;

/** A client that may write but not read is kept from doubling by the record and the key alone. */
const MAY_NOT_READ = [401, 403, 404];

/** Words of Finvis and of vendors like it for batches that are alive. A word that is not known is left to Finvis. */
const ALIVE = new RegExp(`^draft$|${SUBMITTED.source}`, 'i');

/** The layers of a write to Finvis, the outermost first. */
export const finvisWrites = (connection: Connection, memory: Memory, state: ConnectionState): readonly Middleware[] => [
	stamped,
	withKey(connection),
	recordOfWrites(describeWith(connection, state, memory), state, memory, sendsNoWrite(connection)),
	controlled(connection, state),
];

function describeWith(connection: Connection, state: ConnectionState, memory: Memory) {
	const host = new URL(connection.baseUrl).host;
	const index = state.once(`batches ${connection.corrections?.text ?? ''}`, () => new BatchIndex(state.withLock));
	const approvals = state.once('approvals', () => new Map<string, IDataObject>());
	const keyFor = (id: string, route: string) => referenceKey(host, connection.identity, id, route);

	/** Reads where the client may read; without the right to, it knows nothing. */
	const whereReadable = async <T>(read: () => Promise<T>, nothing: T): Promise<T> =>
		await read().catch(async (error: unknown) =>
			error instanceof ListUnavailableError && MAY_NOT_READ.includes(error.response.status) ? nothing : await Promise.reject(error),
		);

	function batchOf(request: ApiRequest, send: SendRequest): Write {
		const reference = foldLookAlikes(request.reference ?? '');
		const { name, ...body } = request.body ?? {};
		const withoutIds = (object: IDataObject): IDataObject =>
			object.payments === undefined ? object : { ...object, payments: withoutDerivedIds(object.payments, reference) as IDataObject[] };
		const paid = withoutIds(body);
		const mark = markOf(connection.markKey ?? '', reference, contentFingerprint(paid));
		const isIt = ({ name: shown }: IDataObject) => {
			const its = markIn(shown);
			return its === undefined ? isPlainNameFor(reference, shown) : referenceHalf(its) === referenceHalf(mark);
		};
		const show = (object: IDataObject): Shown => {
			const its = markIn(object.name);
			const differing = diff({ ...paid, ...request.derivedFields }, withoutIds(object));
			const isOther = its !== undefined && referenceHalf(its) === referenceHalf(mark) && its !== mark;
			return {
				object,
				conflict:
					differing !== undefined
						? `In what Finvis has under it, ${differing}.`
						: isOther
							? 'The total is the same, but a payee, an account, a text or a single amount was another.'
							: undefined,
				dead: isAlive(object) ? undefined : deadBatch(reference, object),
				isProven: its === mark,
				remarks: remarksOn(object, 'name', (text) => markIn(text) === mark, ALIVE),
			};
		};
		const legacy = `${legacyKeyOf(connection, request)} sent`;
		const keyOf = (name: string) =>
			referenceKey(host, connection.identity, name, request.referenceScope === 'operation' ? request.route : null);
		const whole = request.partOf;
		return {
			key: keyOf(reference),
			name: reference,
			// The reference of the user covers all rows: the same rows are sent in the same parts, or not at all.
			...(whole && {
				claims: [{ key: keyOf(foldLookAlikes(whole.reference)), name: whole.reference, content: whole.content, isShared: true as const }],
			}),
			content: [request.route, paid],
			before: { sent: legacy, same: `${legacy} ${fingerprint({ ...body, payments: legacyPayments(body.payments, reference) })}` },
			request: { ...request, body: { ...request.body, name: `${withoutMarks(String(name ?? reference))} ${mark}` } },
			needsEvidence: true,
			look: async () => {
				const all = await whereReadable(async () => await index.find(send, referenceHalf(mark), reference, isIt), []);
				// A name without a mark may be anybody's: it counts only where no batch has ours.
				const marked = all.filter(({ name: shown }) => markIn(shown) !== undefined);
				return (marked.length > 0 ? marked : all).map(show);
			},
			shownBy: ({ body }) => {
				const object = objectIn(body);
				return object && { ...show(object), dead: undefined };
			},
		};
	}

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

	const actOn = (request: ApiRequest, id: string): Omit<Write, 'look'> => ({
		key: keyFor(id, request.route),
		name: id,
		content: [request.route, id],
		request,
		shownBy: ({ body }) => {
			const object = objectIn(body);
			return object && { object };
		},
	});

	return (request: ApiRequest, send: SendRequest): Write | undefined => {
		switch (request.route) {
			case 'POST /payments/batches/':
				return batchOf(request, send);
			case 'POST /payments/batches/{id}/submit':
				return submitOf(request, send);
			case 'POST /approvals/{id}/approve':
				return approvalOf(request, send);
			case 'POST /reconciliation/matches/{id}/confirm':
				return confirmationOf(request, send);
		}
		return undefined;
	};
}

const deadBatch = (reference: string, { status }: IDataObject) =>
	new UserError(
		`The batch of '${reference}' is there already, with the status '${String(status)}'`,
		'A reference is executed once, and that was it. Nothing was sent. See in Finvis that nothing of it was paid before you pay it in another way.',
	);
