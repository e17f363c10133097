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

/** A client that may write but not read is kept from doubling by the key alone. */
const MAY_NOT_READ = [403, 404];
/** The key is known with another body, or under way. */
const CONFLICTS = [409, 422];

const batchesOf = async (send: SendRequest, list: string) =>
	await allRows(send, list).catch(async (error: unknown) =>
		error instanceof ListUnavailableError && MAY_NOT_READ.includes(error.answer.status) ? [] : await Promise.reject(error),
	);

/** One that may be paid comes before one that will not, which somebody may have copied. */
function batchFor(reference: string | undefined, batches: readonly IDataObject[]): IDataObject | undefined {
	const all = batches.filter(({ name }) => isNameFor(reference, name));
	return all.filter(isAlive).at(-1) ?? all.at(-1);
}

const OTHER_PAYMENTS = 'The total is the same, but a payee, an account, a text or a single amount was another.';

/** What a batch shows otherwise than this call would make it. Its name but for the reference is nobody's money. */
const otherwise = ({ body, derivedFields }: ApiRequest, found: IDataObject) => diff({ ...body, ...derivedFields, name: undefined }, found);

/**
 * How long Finvis remembers a key is not documented. So before the first batch of a run its list is read: a batch whose name
 * has the reference is reported and not made again; one that will never be paid is refused, as a cancelled order of Fondo is. After an answer that got lost or a conflict it is looked up again.
 * Finvis shows no payments of a batch, so what was sent under a reference is kept in n8n's memory, as a fingerprint.
 */
export const oncePerReference =
	(memory: Memory): Middleware =>
	(next) => {
		let known: Promise<IDataObject[]> | undefined;

		/** Whether n8n knows that under this reference other payments were sent than these. */
		async function wereOthers(key: string, so: string): Promise<boolean> {
			// Without a memory nothing is known.
			const has = async (one: string) => await memory.has(one).catch(() => false);
			return (await has(key)) && !(await has(so));
		}

		async function once(request: ApiRequest, list: string): Promise<ApiResponse> {
			const { reference } = request;
			const key = `${request.key} sent`;
			const so = `${key} ${fingerprint({ ...request.body, name: undefined })}`;
			known ??= batchesOf(next, list).catch(async (error: unknown) => {
				// The next item looks anew.
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
				const other = otherwise(request, before);
				if (other !== undefined) throw referenceConflict(reference, `In what Finvis has under it, ${other}.`);
				if (await wereOthers(key, so)) throw referenceConflict(reference, OTHER_PAYMENTS);
				return { status: 200, headers: {}, body: before, outcome: 'found' };
			}
			const fresh = await memory.keepNew([key, so]);
			const answer = await next(request);
			if (fresh && outcomeOf(request, answer) === 'rejected') await memory.forget(...fresh);
			if (answer.outcome !== 'unknown' && !CONFLICTS.includes(answer.status)) return answer;
			const found = batchFor(reference, await batchesOf(next, list).catch(() => []));
			if (found === undefined) return answer;
			if (answer.outcome === 'unknown')
				// Whether Finvis shows otherwise what it was sent, or has another's: nobody knows.
				return otherwise(request, found) === undefined
					? { ...answer, status: 200, networkError: undefined, body: found, outcome: 'created' }
					: answer;
			const other = otherwise(request, found);
			if (other !== undefined) throw referenceConflict(reference, `In what Finvis has under it, ${other}.`);
			// Finvis refuses a key that is under way, and one that came with other payments; what this node sent it knows.
			if (fresh === undefined || fresh.includes(key)) return answer;
			if (fresh.includes(so)) throw referenceConflict(reference, OTHER_PAYMENTS);
			return { ...answer, status: 200, networkError: undefined, body: found, outcome: 'found' };
		}

		return async (request) => {
			const { reference, lookup, body } = request;
			// A name of the user's own raw JSON tells nothing of the reference.
			if (lookup === undefined || !isNameFor(reference, body?.name)) return await next(request);
			return await once(request, lookup.list).catch(notSentWhereUnavailable);
		};
	};
