import type { IDataObject } from 'n8n-workflow';
import type { ApiResponse, ApiRequest, SendRequest, Middleware } from '../shared/http/request';
import { diff, referenceConflict } from '../shared/writes/diff';
import { outcomeOf } from '../shared/http/errors';
import { fingerprint } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { ListUnavailableError, notSentWhereUnavailable } from '../shared/writes/requireList';
import { UserError } from '../shared/core/userError';
import { allRows } from './allRows';
import { isAlive, isNameFor } from './controls/batch';

/** A client that may write but not read: only the key prevents a second batch. */
const MAY_NOT_READ = [403, 404];
/** Finvis knows the key with another body, or still works on a call with it. */
const CONFLICTS = [409, 422];

const batchesOf = async (send: SendRequest, list: string) =>
	await allRows(send, list).catch(async (error: unknown) =>
		error instanceof ListUnavailableError && MAY_NOT_READ.includes(error.response.status) ? [] : await Promise.reject(error),
	);

/** The batch of a reference. A batch that may still be paid goes first, because a user can copy a dead one. */
function batchFor(reference: string | undefined, batches: readonly IDataObject[]): IDataObject | undefined {
	const all = batches.filter(({ name }) => isNameFor(reference, name));
	return all.filter(isAlive).at(-1) ?? all.at(-1);
}

const OTHER_PAYMENTS = 'The total is the same, but a payee, an account, a text or a single amount was another.';

/** The fields in which a batch differs from this call. The name is not compared, because it moves no money. */
const differenceTo = ({ body, derivedFields }: ApiRequest, found: IDataObject) =>
	diff({ ...body, ...derivedFields, name: undefined }, found);

/**
 * Finvis does not document how long it remembers a key, so the node also reads the list of batches before the first batch of a run.
 * It reports a batch with the reference in its name as found, and refuses the reference when that batch will never be paid. After a
 * lost response or a conflict the node reads the list again. Finvis shows no payments of a batch, so n8n's memory keeps a fingerprint
 * of the payments that were sent under a reference.
 */
export const oncePerReference =
	(memory: Memory): Middleware =>
	(next) => {
		let known: Promise<IDataObject[]> | undefined;

		/** Whether n8n's memory proves that this node sent other payments under this reference. */
		async function hasOtherContent(key: string, contentKey: string): Promise<boolean> {
			// When n8n has no memory, nothing is known.
			const has = async (one: string) => await memory.has(one).catch(() => false);
			return (await has(key)) && !(await has(contentKey));
		}

		async function once(request: ApiRequest, list: string): Promise<ApiResponse> {
			const { reference } = request;
			const key = `${request.key} sent`;
			const contentKey = `${key} ${fingerprint({ ...request.body, name: undefined })}`;
			known ??= batchesOf(next, list).catch(async (error: unknown) => {
				// The next item reads the list again.
				known = undefined;
				return await Promise.reject(error);
			});
			const before = batchFor(reference, await known);
			if (before) {
				if (!isAlive(before))
					throw new UserError(
						`The batch of '${reference}' is there already, with the status '${String(before.status)}'`,
						'A reference is executed once, and that was it. Nothing was sent. See in Finvis that nothing of it was paid; to pay it then, give it a new reference.',
					);
				const difference = differenceTo(request, before);
				if (difference !== undefined) throw referenceConflict(reference, `In what Finvis has under it, ${difference}.`);
				if (await hasOtherContent(key, contentKey)) throw referenceConflict(reference, OTHER_PAYMENTS);
				return { status: 200, headers: {}, body: before, outcome: 'found' };
			}
			const fresh = await memory.keepNew([key, contentKey]);
			const response = await next(request);
			if (fresh && outcomeOf(request, response) === 'rejected') await memory.forget(...fresh);
			if (response.outcome !== 'unknown' && !CONFLICTS.includes(response.status)) return response;
			const found = batchFor(reference, await batchesOf(next, list).catch(() => []));
			if (found === undefined) return response;
			if (response.outcome === 'unknown')
				// A batch with other values may be this one, changed by Finvis, or another one. The outcome stays unknown.
				return differenceTo(request, found) === undefined
					? { ...response, status: 200, networkError: undefined, body: found, outcome: 'created' }
					: response;
			const difference = differenceTo(request, found);
			if (difference !== undefined) throw referenceConflict(reference, `In what Finvis has under it, ${difference}.`);
			// Finvis refuses a key that is in use, and a key with other payments. This node's memory shows which of the two it is.
			if (fresh === undefined || fresh.includes(key)) return response;
			if (fresh.includes(contentKey)) throw referenceConflict(reference, OTHER_PAYMENTS);
			return { ...response, status: 200, networkError: undefined, body: found, outcome: 'found' };
		}

		return async (request) => {
			const { reference, lookup, body } = request;
			// A name from the user's raw JSON does not contain the reference.
			if (lookup === undefined || !isNameFor(reference, body?.name)) return await next(request);
			return await once(request, lookup.list).catch(notSentWhereUnavailable);
		};
	};
