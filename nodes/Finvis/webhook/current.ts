import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { atMost } from '../../shared/core/clock';
import { mapConcurrent } from '../../shared/core/mapConcurrent';
import { UserError } from '../../shared/core/userError';
import { byPageNumber } from '../../shared/http/pagination';
import type { ApiRequest } from '../../shared/http/request';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';
import type { FinvisEvent } from './event';
import { dataOf } from './event';

/** Finvis waits for the answer to its delivery during this time. */
const LIMIT_MS = 5_000;
const MAX_PAGES = 5;
const AT_ONCE = 4;

/** The list that contains the object of an event, and the ID of the object. The contract has no call for one batch or one transaction. */
function listOf(event: FinvisEvent): { id: string; list: ApiRequest } | undefined {
	const data = dataOf(event);
	if (event.name.startsWith('payment.'))
		return { id: String(data.batch_id ?? data.payment_batch_id ?? data.id), list: { route: 'GET /payments/batches/' } };
	if (!event.name.startsWith('transaction.')) return undefined;
	const { account_id, booking_date } = data;
	const query = { account_id, date_from: booking_date, date_to: booking_date };
	const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null));
	return { id: String(data.transaction_id ?? data.id), list: { route: 'GET /transactions', query: given } };
}

async function findObject(context: IWebhookFunctions, api: Api, event: FinvisEvent, signal: AbortSignal): Promise<IDataObject | null> {
	const target = listOf(event);
	if (target === undefined) return null;
	const send = await clientFor(context, api, { timeoutMs: LIMIT_MS, signal });
	let pages = 0;
	for await (const { rows } of byPageNumber(send, target.list)) {
		const found = rows.find(({ id }) => String(id) === target.id);
		if (found !== undefined) return found;
		pages += 1;
		if (pages === MAX_PAGES) throw new UserError(`It is not on the first ${MAX_PAGES} pages of its list`, 'It may be on a later one.');
		if (signal.aborted) break;
	}
	return null;
}

/**
 * The object of each event as Finvis lists it now, as `current`; null when it is not in the list. `currentUnknown` says why when the
 * search did not end. Never throws and takes five seconds at most for all, so that no event is lost or delayed by it.
 */
export async function currentOf(context: IWebhookFunctions, api: Api, events: readonly FinvisEvent[]): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const search = async (signal: AbortSignal) =>
		await mapConcurrent(events.length, AT_ONCE, async (index) => {
			if (signal.aborted) return;
			found[index] = await findObject(context, api, events[index], signal).then(
				(current) => ({ current }),
				(error: unknown) => ({ current: null, currentUnknown: maskedMessageOf(error) }),
			);
		});
	await atMost(LIMIT_MS, search);
	return events.map((_, index) => found[index] ?? { current: null, currentUnknown: 'Finvis did not answer in time' });
}
