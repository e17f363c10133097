import type { IDataObject } from 'n8n-workflow';
import type { ApiResponse, ApiRequest, SendRequest, Middleware } from '../../shared/http/request';
import { isOk } from '../../shared/http/request';
import { fingerprint, keyOf } from '../../shared/writes/idempotencyKey';
import type { Memory } from '../../shared/writes/memory';
import type { Connection } from '../../shared/http/connection';
import { notSentWhereUnavailable } from '../../shared/writes/requireList';
import { UserError } from '../../shared/core/userError';
import { isRehearsed } from '../../shared/writes/rehearsal';
import { allRows } from '../allRows';
import { isNameFor } from '../fields/batchDetails';
import type { Batch } from './batch';
import { isAlive, paymentAmounts, totalsOf } from './batch';
import type { Controls } from './checks';
import { checkDay, checkFingerprint, checkPayments, checkPeople, checkTotals } from './checks';

const notThere = (what: string, id: string) =>
	new UserError(`There is no ${what} '${id}' to check`, `Nothing was sent. Look at it in Finvis: perhaps it was decided already.`);

/** The payments that are to become a batch; what this reference has made already is no other batch. */
async function checkNew(send: SendRequest, controls: Controls, { body = {}, reference }: ApiRequest) {
	const batch: Batch = { ...body, ...totalsOf(body) };
	checkPayments(controls, paymentAmounts(body), body.currency);
	checkTotals(controls, batch);
	if (controls.limitPerDay === undefined) return;
	const batches = await allRows(send, 'GET /payments/batches/');
	checkDay(
		controls,
		batch,
		batches.filter((other) => isAlive(other) && !isNameFor(reference, other.name)),
	);
}

async function checkKnown(controls: Controls, batches: readonly Batch[], id: string) {
	const batch = batches.find((one) => one.id === id);
	if (batch === undefined) throw notThere('payment batch', id);
	checkFingerprint(controls, batch);
	checkTotals(controls, batch);
	checkDay(
		controls,
		batch,
		batches.filter((other) => other.id !== id && isAlive(other) && other.status !== 'draft'),
	);
}

async function checkApproval(send: SendRequest, controls: Controls, id: string) {
	const approval = (await allRows(send, 'GET /approvals/pending')).find((one) => one.id === id);
	if (approval === undefined) throw notThere('approval', id);
	const { requested_by: asked, object_id: batch } = approval;
	checkPeople(
		controls,
		[asked, controls.preparedBy].filter((person) => typeof person === 'string'),
	);
	await checkKnown(controls, await allRows(send, 'GET /payments/batches/'), String(batch));
}

async function check(send: SendRequest, controls: Controls, request: ApiRequest) {
	const { id } = request.path ?? {};
	if (id === undefined) return await checkNew(send, controls, request);
	if (request.route.startsWith('POST /approvals/')) return await checkApproval(send, controls, id);
	checkPeople(controls, controls.preparedBy === undefined ? [] : [controls.preparedBy]);
	await checkKnown(controls, await allRows(send, 'GET /payments/batches/'), id);
}

/** Nothing is left to be done: the batch is there, was submitted, or the approval was decided. */
async function isOver(send: SendRequest, { path: { id } = {}, route, reference }: ApiRequest): Promise<boolean> {
	if (route.startsWith('POST /approvals/')) return !(await allRows(send, 'GET /approvals/pending')).some((one) => one.id === id);
	const batches = await allRows(send, 'GET /payments/batches/');
	if (id === undefined) return batches.some(({ name }) => isNameFor(reference, name));
	return batches.some((one) => one.id === id && one.status !== 'draft');
}

const isGiven = (controls: IDataObject | undefined): controls is Controls & IDataObject =>
	Object.values(controls ?? {}).some((value) => value !== undefined);

/**
 * Control totals, limits and four eyes, by what Finvis itself lists and not by memory. What passed is kept with its key until
 * Finvis refuses the call: a repeat of it is checked as well, and where it does not pass it is sent only when Finvis shows that
 * there is nothing left to be done, so that it executes nothing anew.
 */
export const controlled =
	(place: Connection, memory: Memory): Middleware =>
	(next) => {
		async function passedFirst(request: ApiRequest, passed: string, controls: Controls): Promise<ApiResponse> {
			const passes = await check(next, controls, request).then(
				() => true,
				async (error: unknown) =>
					error instanceof UserError && (await memory.has(passed)) && (await isOver(next, request)) ? false : await Promise.reject(error),
			);
			if (passes) await memory.keep(passed);
			const answer = await next(request);
			if (!isOk(answer) && answer.outcome !== 'unknown') await memory.forget(passed);
			return answer;
		}

		return async (request) => {
			const { controls } = request;
			if (!isGiven(controls) || isRehearsed(request.path?.id)) return await next(request);
			const passed = `${keyOf(place, request)} passed ${fingerprint([controls, request.body])}`;
			return await passedFirst(request, passed, controls).catch(notSentWhereUnavailable);
		};
	};
