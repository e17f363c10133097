import type { IDataObject } from 'n8n-workflow';
import type { ConnectionState } from '../../shared/connectionState';
import { foldId } from '../../shared/core/lookAlikes';
import { keepNewest } from '../../shared/core/seenKeys';
import { UserError } from '../../shared/core/userError';
import type { Connection } from '../../shared/http/connection';
import type { ApiRequest, Middleware, SendRequest } from '../../shared/http/request';
import { isOk } from '../../shared/http/request';
import { objectIn } from '../../shared/writes/answers';
import { isRehearsed } from '../../shared/writes/rehearsal';
import { notSentWhereUnavailable } from '../../shared/writes/requireList';
import { allRows } from '../allRows';
import type { Batch } from './batch';
import { batchFingerprint, isAlive, paymentAmounts, totalsOf } from './batch';
import type { Controls } from './checks';
import { checkDay, checkFingerprint, checkPayments, checkPeople, checkTotals } from './checks';

/** Batches that this process made or rehearsed and that a list may not show yet; the oldest go first. */
const MOST_MADE = 1_000;

/** Batches that this process made or rehearsed, by their ID. */
export const madeBatches = ({ rehearsal }: Pick<Connection, 'rehearsal'>, once: ConnectionState['once']): Map<string, Batch> =>
	once(rehearsal ? 'rehearsed batches' : 'made batches', () => new Map<string, Batch>());

const notListed = (what: string, id: string) =>
	new UserError(
		`There is no ${what} '${id}' to check`,
		`Nothing was sent. Compare the ID, or choose the ${what} from the list. If Finvis shows it, it is already decided.`,
	);

const notRehearsedHere = (id: string) =>
	new UserError(
		`The rehearsed payment batch '${id}' cannot be checked here`,
		'A rehearsed batch is known to one n8n process, until it stops. Rehearse the workflow once more from its start.',
	);

/** Whether a control compares something of the batch itself, and not only people. */
const needsBatch = (controls: Controls) => hasControls({ ...controls, approvedBy: undefined, preparedBy: undefined });

const hasControls = (controls: IDataObject | undefined): controls is Controls & IDataObject =>
	Object.values(controls ?? {}).some((value) => value !== undefined);

/**
 * Control totals, limits and four eyes, by what Finvis lists and what this process has made since. Check and send are one
 * step: no other write with this connection comes between them, so items at once and two runs cannot pass a limit together.
 */
export function controlled({ rehearsal, preview }: Connection, state: ConnectionState): Middleware {
	const made = madeBatches({ rehearsal }, state.once);

	/** Batches that this preview has let pass: they count together before the first is sent. */
	const planned: Batch[] = [];

	async function batchesOf(send: SendRequest): Promise<Batch[]> {
		const listed: Batch[] = await allRows(send, 'GET /payments/batches/');
		const ids = new Set(listed.map(({ id }) => foldId(id)));
		return [...listed, ...[...made.values()].filter(({ id }) => !ids.has(foldId(id))), ...planned];
	}

	/** The payments that are to become a batch. */
	async function checkNew(send: SendRequest, controls: Controls, { body = {} }: ApiRequest) {
		const batch: Batch = { ...body, ...totalsOf(body) };
		checkPayments(controls, paymentAmounts(body), body.currency);
		checkTotals(controls, batch);
		if (controls.limitPerDay !== undefined) checkDay(controls, batch, (await batchesOf(send)).filter(isAlive));
	}

	function checkKnown(controls: Controls, batches: readonly Batch[], id: string) {
		const batch = batches.find((one) => foldId(one.id) === id);
		if (batch === undefined) throw notListed('payment batch', id);
		checkFingerprint(controls, batch);
		checkTotals(controls, batch);
		checkDay(
			controls,
			batch,
			batches.filter((other) => foldId(other.id) !== id && isAlive(other) && other.status !== 'draft'),
		);
	}

	async function checkApproval(send: SendRequest, controls: Controls, id: string) {
		const approval = (await allRows(send, 'GET /approvals/pending')).find((one) => foldId(one.id) === id);
		if (approval === undefined) throw notListed('approval', id);
		const { requested_by: requestedBy, object_id: batch } = approval;
		const initiators = [requestedBy, controls.preparedBy].filter((person) => person !== undefined && person !== null);
		// An initiator in another form than a text cannot be left out: it may be the approver.
		checkPeople(
			controls,
			initiators.map((person) => (typeof person === 'object' ? JSON.stringify(person) : String(person))),
		);
		checkKnown(controls, await batchesOf(send), foldId(batch));
	}

	async function check(send: SendRequest, controls: Controls, request: ApiRequest) {
		if (request.path?.id === undefined) return await checkNew(send, controls, request);
		const id = foldId(request.path.id);
		const isApproval = request.route.startsWith('POST /approvals/') && !isRehearsed(id);
		if (isApproval) return await checkApproval(send, controls, id);
		checkPeople(controls, controls.preparedBy === undefined ? [] : [controls.preparedBy]);
		// Another process rehearsed it, or this one has started again since: what the controls compare is not known here.
		if (isRehearsed(id) && !made.has(id) && needsBatch(controls)) throw notRehearsedHere(id);
		if (!isRehearsed(id) || made.has(id)) checkKnown(controls, await batchesOf(send), id);
	}

	return (next) => async (request) => {
		const isNew = request.route === 'POST /payments/batches/';
		const { controls } = request;
		const send = async () => {
			const submitted = made.get(foldId(request.path?.id));
			// Before the call: what was submitted counts for the day, also where the answer is lost.
			if (submitted !== undefined) submitted.status = 'submitted';
			const response = await next(request);
			if (isNew && preview) planned.push({ ...request.body, ...totalsOf(request.body ?? {}), status: 'draft' });
			const batch = isNew && isOk(response) && !preview ? objectIn(response.body) : undefined;
			if (batch?.id !== undefined)
				keepNewest(made, foldId(batch.id), { ...batch, ...request.body, ...totalsOf(request.body ?? {}), status: 'draft' }, MOST_MADE);
			return response;
		};
		if (!hasControls(controls)) return await send();
		return await state
			.withLock('controls', async () => {
				await check(next, controls, request);
				return await send();
			})
			.catch(notSentWhereUnavailable);
	};
}

/**
 * Adds the fingerprint of a batch to its receipt, for the step that submits or approves the batch. A batch that somebody else
 * made gets none, because its payees are not known.
 */
export const stamped: Middleware = (next) => async (request) => {
	const response = await next(request);
	const batch = isOk(response) && response.receiptDetails?.madeHere !== false ? objectIn(response.body) : undefined;
	const stamp = batch !== undefined && request.route.startsWith('POST /payments/batches/') ? batchFingerprint(batch) : undefined;
	return stamp === undefined ? response : { ...response, receiptDetails: { ...response.receiptDetails, batchFingerprint: stamp } };
};
