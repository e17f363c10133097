import type { IDataObject } from 'n8n-workflow';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, Middleware, SendRequest } from '../shared/http/request';
import { contentFingerprint } from '../shared/writes/canonical';
import { diff } from '../shared/writes/diff';
import { fingerprint, legacyKeyOf, withKey } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import type { Shown, Write } from '../shared/writes/record';
import { objectIn, recordOfWrites, referenceKey } from '../shared/writes/record';
import { ListUnavailableError } from '../shared/writes/requireList';
import { allRows } from './allRows';
import { BatchIndex } from './batchIndex';
import { isPlainNameFor, markIn, markOf, referenceHalf } from './batchName';
import { legacyPayments, withoutDerivedIds } from './payments';
import { isAlive } from './controls/batch';
import { controlled, stamped } from './controls/controlled';

/** A client that may write but not read is kept from doubling by the record and the key alone. */
const MAY_NOT_READ = [401, 403, 404];

/** Batches that were submitted, in words of Finvis and of vendors like it. A word that is not known is left to Finvis. */
const SUBMITTED = /^(submitted|pending_approval|pending|approved|processing|executed|completed|paid|settled)$/i;

/** The layers of a write to Finvis, the outermost first. */
export const finvisWrites = (connection: Connection, memory: Memory, state: ConnectionState): readonly Middleware[] => [
	stamped,
	withKey(connection),
	recordOfWrites(describeWith(connection, state), state, memory, connection.rehearsal),
	controlled(connection, state),
];

export function describeWith(connection: Connection, state: ConnectionState) {
	const host = new URL(connection.baseUrl).host;
	const index = state.once('batches', () => new BatchIndex(state.withLock));
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
			};
		};
		const legacy = `${legacyKeyOf(connection, request)} sent`;
		return {
			key: referenceKey(host, connection.identity, reference, request.referenceScope === 'operation' ? request.route : null),
			name: reference,
			content: [request.route, paid],
			before: { sent: legacy, same: `${legacy} ${fingerprint({ ...body, payments: legacyPayments(body.payments, reference) })}` },
			request: { ...request, body: { ...request.body, name: `${String(name ?? reference)} ${mark}` } },
			needsEvidence: true,
			look: async () => {
				const all = await whereReadable(async () => await index.find(send, referenceHalf(mark), reference, isIt), []);
				// A name without a mark may be anybody's: it counts only where no batch has ours.
				const marked = all.filter(({ name: shown }) => markIn(shown) !== undefined);
				const rows = marked.length > 0 ? marked : all;
				const best = rows.filter(isAlive).at(-1) ?? rows.at(-1);
				return best && show(best);
			},
			shownBy: ({ body }) => {
				const object = objectIn(body);
				return object && { ...show(object), dead: undefined };
			},
		};
	}

	function submitOf(request: ApiRequest, send: SendRequest): Write {
		const id = String(request.path?.id);
		return {
			...actOn(request, id),
			look: async () => {
				const batch = await whereReadable(async () => await index.byId(send, id), undefined);
				if (batch === undefined) return undefined;
				if (!isAlive(batch))
					throw new UserError(
						`This batch has the status '${String(batch.status)}'`,
						'It will not be paid. Nothing was sent. Look at it in Finvis.',
					);
				return SUBMITTED.test(String(batch.status)) ? { object: batch, isProven: true } : undefined;
			},
		};
	}

	/** A list of what waits no longer has what was decided. Only what was sent from here counts as decided by it. */
	function decisionOf(request: ApiRequest, send: SendRequest, list: string, isOpen: (row: IDataObject) => boolean): Write {
		const id = String(request.path?.id);
		return {
			...actOn(request, id),
			look: async (knowledge) => {
				const rows = await whereReadable(async () => await allRows(send, list), undefined);
				const row = rows?.find((one) => String(one.id) === id);
				if (rows === undefined || (row !== undefined && isOpen(row))) return undefined;
				if (row !== undefined) return { object: row, isProven: true };
				return knowledge === 'done' ? { object: { id }, isProven: true } : undefined;
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
				return decisionOf(request, send, 'GET /approvals/pending', () => true);
			case 'POST /reconciliation/matches/{id}/confirm':
				return decisionOf(request, send, 'GET /reconciliation/matches', ({ status }) => !/^confirmed$/i.test(String(status)));
		}
		return undefined;
	};
}

const deadBatch = (reference: string, { status }: IDataObject) =>
	new UserError(
		`The batch of '${reference}' is there already, with the status '${String(status)}'`,
		'A reference is executed once, and that was it. Nothing was sent. See in Finvis that nothing of it was paid before you pay it in another way.',
	);
