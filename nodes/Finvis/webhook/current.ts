import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';
import type { ApiRequest } from '../../shared/http/request';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { byPageNumber } from '../../shared/http/pagination';
import { UserError } from '../../shared/core/userError';
import { finvis } from '../api';
import type { FinvisEvent } from './event';
import { dataOf } from './event';

/** Finvis waits for our answer meanwhile. */
const LIMIT_MS = 5_000;
const MOST_PAGES = 5;

/** Where the object of an event is listed: the contract has no call for one batch or one transaction. */
function placeOf(event: FinvisEvent): { id: string; list: ApiRequest } | undefined {
	const data = dataOf(event);
	if (event.name.startsWith('payment.'))
		return { id: String(data.batch_id ?? data.payment_batch_id ?? data.id), list: { route: 'GET /payments/batches/' } };
	if (!event.name.startsWith('transaction.')) return undefined;
	const { account_id, booking_date } = data;
	const query = { account_id, date_from: booking_date, date_to: booking_date };
	const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null));
	return { id: String(data.transaction_id ?? data.id), list: { route: 'GET /transactions', query: given } };
}

async function find(context: IWebhookFunctions, event: FinvisEvent, signal: AbortSignal): Promise<IDataObject | null> {
	const place = placeOf(event);
	if (place === undefined) return null;
	const send = await clientFor(context, finvis, { timeoutMs: LIMIT_MS, signal });
	let pages = 0;
	for await (const { rows } of byPageNumber(send, place.list)) {
		const found = rows.find(({ id }) => String(id) === place.id);
		if (found !== undefined) return found;
		pages += 1;
		if (pages === MOST_PAGES) throw new UserError(`It is not on the first ${MOST_PAGES} pages of its list`, 'It may be on a later one.');
		if (signal.aborted) break;
	}
	return null;
}

/** The object of the event as it is now, null when it is not found, with `currentUnknown` where that proves nothing; an event is never held up or lost for it. */
export async function currentOf(context: IWebhookFunctions, event: FinvisEvent): Promise<IDataObject> {
	const stopping = new AbortController();
	const { signal } = stopping;
	const search = find(context, event, signal).then(
		(current) => ({ current }),
		(error: unknown) => ({ current: null, currentUnknown: maskedMessageOf(error) }),
	);
	const late = async () => ({ current: null, currentUnknown: 'Finvis did not answer in time' });
	const result = await Promise.race([search, clock.sleep(LIMIT_MS, signal).then(late, late)]);
	stopping.abort();
	return result;
}
