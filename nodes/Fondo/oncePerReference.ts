import type { IDataObject } from 'n8n-workflow';
import { withLock } from '../shared/core/keyedLock';
import { clock } from '../shared/core/clock';
import type { Memory } from '../shared/writes/memory';
import type { Connection } from '../shared/http/connection';
import { diff, referenceConflict } from '../shared/writes/diff';
import { notSentWhereUnavailable } from '../shared/writes/requireList';
import { UserError, REPORT_IT } from '../shared/core/userError';
import type { ApiResponse, ApiRequest, Lookup, Middleware } from '../shared/http/request';
import { isOk } from '../shared/http/request';
import { hasFailed, isDone, isObject, isRefused } from './certainty';
import { referenceLists } from './referenceLists';
import { begin } from './underWay';

/** After a doubtful send the object may still be on its way into the list: look again after these waits before it counts as absent. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

/** How long Fondo may still be at work on a call that got no answer. Until then a look that finds nothing proves nothing. */
const DOUBT_MS = 10 * 60_000;
const STILL_AT_WORK: ApiResponse = {
	status: 0,
	headers: {},
	body: undefined,
	networkError: 'An earlier call under this reference may still be at work',
	outcome: 'unknown',
};

/** When calls of this process ended in doubt; Retry On Fail comes back within seconds. */
const doubts = new Map<string, number>();

function isRecentDoubt(line: string): boolean {
	for (const [key, since] of doubts) if (clock.now() - since > DOUBT_MS) doubts.delete(key);
	return doubts.has(line);
}

/** What the call says by its path and a row of the list says in a field. */
const saidInPath = ({ path = {}, lookup }: ApiRequest): IDataObject =>
	Object.fromEntries(Object.entries(lookup?.match ?? {}).map(([field, name]) => [field, path[name]]));

/** The payments of an instruction, each with a reference of its own. */
const paymentsOf = ({ body }: ApiRequest): IDataObject[] => (Array.isArray(body?.payments) ? body.payments.filter(isObject) : []);

/** Cancelled orders and aborted transactions are there, but will never be executed. */
const isDead = ({ status, aborted }: IDataObject) => status === 'canceled' || aborted === true;

/**
 * Fondo takes no idempotency key (contracts/NOTES.md 1.6): `clientRef` carries the reference. Before every send the list is
 * read on from where it was, so a reference that is there is reported and not sent. After a lost answer, a 5xx or an empty 2xx
 * it is looked up: found is reported. Absent after several looks is sent once more only where Fondo itself said that it
 * failed; after a lost answer Fondo may still be at it, and then, as where the look-up fails, the outcome is `unknown`.
 * A run that comes back within ten minutes of such a doubt only looks, and so does another worker, or n8n after a crash.
 * Reading on by `sortedId` asks for less than a window of `modifiedFrom`, and no clock can be wrong.
 */
export const oncePerReference =
	(place: Connection, memory: Memory): Middleware =>
	(next) => {
		const findAll = referenceLists(next);
		const find = async (request: ApiRequest, lookIn: Lookup) => (await findAll(request, lookIn, [request.reference ?? '']))[0];

		async function findAfterDoubt(request: ApiRequest, lookIn: Lookup): Promise<IDataObject | undefined> {
			for (const waitMs of LOOKS_AFTER_MS) {
				await clock.sleep(waitMs);
				const found = await find(request, lookIn);
				if (found) return found;
			}
			return undefined;
		}

		async function send(request: ApiRequest, lookIn: Lookup, tries = 2): Promise<ApiResponse> {
			const answer = await next(request);
			if (isDone(answer) || isRefused(answer) || answer.outcome !== undefined) return answer;
			try {
				const found = await findAfterDoubt(request, lookIn);
				// It was not there before we sent it, so it is ours.
				if (found) return { ...answer, status: 200, body: found, networkError: undefined, outcome: 'created' };
			} catch {
				return { ...answer, outcome: 'unknown' };
			}
			return hasFailed(answer) && tries > 1 ? await send(request, lookIn, tries - 1) : { ...answer, outcome: 'unknown' };
		}

		/** What is there under the reference, when it is what was asked for. */
		function same(request: ApiRequest, found: IDataObject): ApiResponse {
			if (isDead(found))
				throw new UserError(
					`What Fondo has under '${request.reference}' was cancelled`,
					'A reference is executed once, and that was it. Nothing was sent. To order it again give it a new reference.',
				);
			const other = diff({ ...request.body, ...saidInPath(request) }, found);
			if (other === undefined) return { status: 200, headers: {}, body: found, outcome: 'found' };
			throw referenceConflict(request.reference, `In what Fondo has under it, ${other}.`);
		}

		/** The payments of an instruction come into the list one by one, days later: found when all of them are there, as they were given. */
		async function instructed(request: ApiRequest, lookIn: Lookup): Promise<ApiResponse> {
			const payments = paymentsOf(request);
			const rows = await findAll(
				request,
				lookIn,
				payments.map(({ clientRef }) => String(clientRef)),
			);
			const there = payments.flatMap(({ clientRef, account, amount }, index) => {
				const row = rows[index];
				if (row === undefined) return [];
				const other = diff({ creditAccount: account, amount }, row);
				if (other !== undefined) throw referenceConflict(String(clientRef), `In what Fondo has under it, ${other}.`);
				return [String(clientRef)];
			});
			if (there.length === payments.length && rows[0]) return { status: 200, headers: {}, body: rows[0], outcome: 'found' };
			return await send(there.length === 0 ? request : { ...request, alreadyBooked: there }, lookIn);
		}

		/** What is not in the list: sent, unless a call of the last minutes may still bring it there. */
		async function sendUnlessUnderWay(request: ApiRequest, lookIn: Lookup, line: string): Promise<ApiResponse> {
			if (isRecentDoubt(line)) return STILL_AT_WORK;
			const undo = await begin(memory, line);
			if (undo === undefined) {
				const found = await findAfterDoubt(request, lookIn).catch(() => undefined);
				return found ? same(request, found) : STILL_AT_WORK;
			}
			const answer = await send(request, lookIn).catch(async (error: unknown) => {
				// It ended before the call, e.g. for want of a token.
				await undo();
				return await Promise.reject(error);
			});
			if (isRefused(answer)) await undo();
			return answer;
		}

		async function once(request: ApiRequest, lookIn: Lookup, line: string): Promise<ApiResponse> {
			if (lookIn.eventual) return await instructed(request, lookIn);
			const found = await find(request, lookIn);
			return found ? same(request, found) : await sendUnlessUnderWay(request, lookIn, line);
		}

		return async (request) => {
			const { reference, lookup } = request;
			if (reference === undefined) return await next(request);
			// Payments of an instruction carry a reference each.
			const named: ApiRequest = Array.isArray(request.body?.payments)
				? request
				: { ...request, body: { ...request.body, clientRef: reference } };
			if (request.query?.['validate-only'] === 'true') {
				const answer = await next(named);
				return isOk(answer) ? { ...answer, outcome: 'validated' } : answer;
			}
			if (lookup === undefined)
				throw new UserError(`${request.route} names no list to look for its reference`, `This is a defect of this package. ${REPORT_IT}`);
			const line = JSON.stringify([place.baseUrl, place.identity, lookup.list, request.path?.client_id, reference]);
			return await withLock(line, async () => {
				const answer = await once(named, lookup, line).catch(notSentWhereUnavailable);
				if (answer.outcome === 'unknown' && answer !== STILL_AT_WORK) doubts.set(line, clock.now());
				return answer;
			});
		};
	};
