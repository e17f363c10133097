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
import { isObject } from '../shared/core/isObject';
import { hasFailed, isDone, isRefused } from './certainty';
import { referenceLists } from './referenceLists';
import { begin } from './underWay';

/** Waits between the look-ups after a call with an unknown result, because the object can appear in the list late. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

/** Fondo may work on a call without a response for this long. Until then, an object that is not in the list may still appear. */
const DOUBT_MS = 10 * 60_000;
const STILL_AT_WORK: ApiResponse = {
	status: 0,
	headers: {},
	body: undefined,
	networkError: 'An earlier call under this reference may still be at work',
	outcome: 'unknown',
};

/** When a call of this process ended with an unknown result. Retry On Fail comes back within seconds. */
const doubts = new Map<string, number>();

function isRecentDoubt(callKey: string): boolean {
	for (const [key, since] of doubts) if (clock.now() - since > DOUBT_MS) doubts.delete(key);
	return doubts.has(callKey);
}

/** The path values of the call that a row of the list has in a field. */
const saidInPath = ({ path = {}, lookup }: ApiRequest): IDataObject =>
	Object.fromEntries(Object.entries(lookup?.match ?? {}).map(([field, name]) => [field, path[name]]));

/** The payments of an instruction. Each has its own reference. */
const paymentsOf = ({ body }: ApiRequest): IDataObject[] => (Array.isArray(body?.payments) ? body.payments.filter(isObject) : []);

/** Fondo lists cancelled orders and aborted transactions, but never executes them. */
const isDead = ({ status, aborted }: IDataObject) => status === 'canceled' || aborted === true;

/**
 * Fondo has no idempotency key (contracts/NOTES.md 1.6), so `clientRef` carries the reference. Before every send the node reads the new
 * rows of the list; it reports a reference that is there as found and does not send it. After a lost response, a 5xx or an empty 2xx
 * the node looks the reference up. When it stays absent, the node sends again, once, only if Fondo itself reported a failure. After a
 * lost response Fondo may still work on the call, so the outcome is `unknown`, as it is when the look-up fails. For ten minutes after
 * that every run only looks, on every worker and after a crash too. The list is read by `sortedId` and not by `modifiedFrom`, because
 * that needs fewer rows and no clock.
 */
export const oncePerReference =
	(connection: Connection, memory: Memory): Middleware =>
	(next) => {
		const findAll = referenceLists(next);
		const find = async (request: ApiRequest, lookup: Lookup) => (await findAll(request, lookup, [request.reference ?? '']))[0];

		async function findAfterDoubt(request: ApiRequest, lookup: Lookup): Promise<IDataObject | undefined> {
			for (const waitMs of LOOKS_AFTER_MS) {
				await clock.sleep(waitMs);
				const found = await find(request, lookup);
				if (found) return found;
			}
			return undefined;
		}

		async function send(request: ApiRequest, lookup: Lookup, tries = 2): Promise<ApiResponse> {
			const response = await next(request);
			if (isDone(response) || isRefused(response) || response.outcome !== undefined) return response;
			try {
				const found = await findAfterDoubt(request, lookup);
				// It was not in the list before this call, so this call created it.
				if (found) return { ...response, status: 200, body: found, networkError: undefined, outcome: 'created' };
			} catch {
				return { ...response, outcome: 'unknown' };
			}
			return hasFailed(response) && tries > 1 ? await send(request, lookup, tries - 1) : { ...response, outcome: 'unknown' };
		}

		/** Reports the object that Fondo has under the reference as found. Throws when it was cancelled or has other values. */
		function same(request: ApiRequest, found: IDataObject): ApiResponse {
			if (isDead(found))
				throw new UserError(
					`What Fondo has under '${request.reference}' was cancelled`,
					'A reference is executed once, and that was it. Nothing was sent. To order it again give it a new reference.',
				);
			const difference = diff({ ...request.body, ...saidInPath(request) }, found);
			if (difference === undefined) return { status: 200, headers: {}, body: found, outcome: 'found' };
			throw referenceConflict(request.reference, `In what Fondo has under it, ${difference}.`);
		}

		/** Fondo lists the payments of an instruction one by one, days later. Found when all are there with the same values. */
		async function instructed(request: ApiRequest, lookup: Lookup): Promise<ApiResponse> {
			const payments = paymentsOf(request);
			const rows = await findAll(
				request,
				lookup,
				payments.map(({ clientRef }) => String(clientRef)),
			);
			const there = payments.flatMap(({ clientRef, account, amount }, index) => {
				const row = rows[index];
				if (row === undefined) return [];
				const difference = diff({ creditAccount: account, amount }, row);
				if (difference !== undefined) throw referenceConflict(String(clientRef), `In what Fondo has under it, ${difference}.`);
				return [String(clientRef)];
			});
			if (there.length === payments.length && rows[0]) return { status: 200, headers: {}, body: rows[0], outcome: 'found' };
			return await send(there.length === 0 ? request : { ...request, alreadyBooked: there }, lookup);
		}

		/** Sends an object that is not in the list, unless a call that is still in flight may create it. */
		async function sendUnlessUnderWay(request: ApiRequest, lookup: Lookup, callKey: string): Promise<ApiResponse> {
			if (isRecentDoubt(callKey)) return STILL_AT_WORK;
			const undo = await begin(memory, callKey);
			if (undo === undefined) {
				const found = await findAfterDoubt(request, lookup).catch(() => undefined);
				return found ? same(request, found) : STILL_AT_WORK;
			}
			const response = await send(request, lookup).catch(async (error: unknown) => {
				// The call was never sent, for example because the node got no token.
				await undo();
				return await Promise.reject(error);
			});
			if (isRefused(response)) await undo();
			return response;
		}

		async function once(request: ApiRequest, lookup: Lookup, callKey: string): Promise<ApiResponse> {
			if (lookup.eventual) return await instructed(request, lookup);
			const found = await find(request, lookup);
			return found ? same(request, found) : await sendUnlessUnderWay(request, lookup, callKey);
		}

		return async (request) => {
			const { reference, lookup } = request;
			if (reference === undefined) return await next(request);
			// In a payment instruction each payment carries its own reference.
			const named: ApiRequest = Array.isArray(request.body?.payments)
				? request
				: { ...request, body: { ...request.body, clientRef: reference } };
			if (request.query?.['validate-only'] === 'true') {
				const response = await next(named);
				return isOk(response) ? { ...response, outcome: 'validated' } : response;
			}
			if (lookup === undefined)
				throw new UserError(`${request.route} names no list to look for its reference`, `This is a defect of this package. ${REPORT_IT}`);
			const callKey = JSON.stringify([connection.baseUrl, connection.identity, lookup.list, request.path?.client_id, reference]);
			return await withLock(callKey, async () => {
				const response = await once(named, lookup, callKey).catch(notSentWhereUnavailable);
				if (response.outcome === 'unknown' && response !== STILL_AT_WORK) doubts.set(callKey, clock.now());
				return response;
			});
		};
	};
