import type { IDataObject } from 'n8n-workflow';
import { UserError } from '../../shared/core/userError';
import type { Connection } from '../../shared/http/connection';
import type { ApiRequest, ApiResponse, Middleware, SendRequest } from '../../shared/http/request';
import { isOk } from '../../shared/http/request';
import { fingerprint, keyOf } from '../../shared/writes/idempotencyKey';
import type { Memory } from '../../shared/writes/memory';
import { isRehearsed } from '../../shared/writes/rehearsal';
import { notSentWhereUnavailable } from '../../shared/writes/requireList';
import { allRows } from '../allRows';
import type { Batch } from './batch';
import { batchFingerprint, isAlive, isNameFor, paymentAmounts, totalsOf } from './batch';
import type { Controls } from './checks';
import { checkDay, checkFingerprint, checkPayments, checkPeople, checkTotals } from './checks';

const notListed = (what: string, id: string) =>
	new UserError(`There is no ${what} '${id}' to check`, 'Nothing was sent. Look at it in Finvis: it may already be decided.');

/** Checks a batch before it is created. The batch that this reference has already created does not count as another batch of the day. */
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
	if (batch === undefined) throw notListed('payment batch', id);
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
	if (approval === undefined) throw notListed('approval', id);
	const { requested_by: requestedBy, object_id: batch } = approval;
	checkPeople(
		controls,
		[requestedBy, controls.preparedBy].filter((person) => typeof person === 'string'),
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

/** Whether Finvis shows that nothing is left to do: the batch exists or is submitted, or the approval is decided. */
async function isDone(send: SendRequest, { path: { id } = {}, route, reference }: ApiRequest): Promise<boolean> {
	if (route.startsWith('POST /approvals/')) return !(await allRows(send, 'GET /approvals/pending')).some((one) => one.id === id);
	const batches = await allRows(send, 'GET /payments/batches/');
	if (id === undefined) return batches.some(({ name }) => isNameFor(reference, name));
	return batches.some((one) => one.id === id && one.status !== 'draft');
}

const hasControls = (controls: IDataObject | undefined): controls is Controls & IDataObject =>
	Object.values(controls ?? {}).some((value) => value !== undefined);

/**
 * Control totals, limits and four eyes, checked against what Finvis lists and not against n8n's memory. The memory holds the key of a
 * call that passed, until Finvis refuses the call. A repeat is checked again. When it fails, it is sent only if the same call passed
 * before and Finvis shows that nothing is left to do, because then nothing is executed a second time.
 */
export const controlled =
	(connection: Connection, memory: Memory): Middleware =>
	(next) => {
		async function checkAndSend(request: ApiRequest, passedKey: string, controls: Controls): Promise<ApiResponse> {
			const passes = await check(next, controls, request).then(
				() => true,
				async (error: unknown) =>
					error instanceof UserError && (await memory.has(passedKey)) && (await isDone(next, request))
						? false
						: await Promise.reject(error),
			);
			if (passes) await memory.keep(passedKey);
			const response = await next(request);
			if (!isOk(response) && response.outcome !== 'unknown') await memory.forget(passedKey);
			return response;
		}

		return async (request) => {
			const { controls } = request;
			if (!hasControls(controls) || isRehearsed(request.path?.id)) return await next(request);
			const passedKey = `${keyOf(connection, request)} passed ${fingerprint([controls, request.body])}`;
			return await checkAndSend(request, passedKey, controls).catch(notSentWhereUnavailable);
		};
	};

/** Adds the fingerprint of a batch to its receipt, for the step that submits or approves the batch. */
export const stamped: Middleware = (next) => async (request) => {
	const response = await next(request);
	const { body } = response;
	if (!request.route.startsWith('POST /payments/batches/') || !isOk(response) || typeof body !== 'object' || body === null) return response;
	const stamp = batchFingerprint({ ...body });
	return stamp === undefined ? response : { ...response, receiptDetails: { batchFingerprint: stamp } };
};
