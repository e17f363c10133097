import type { IDataObject } from 'n8n-workflow';
import type { Answer, ApiRequest, Send, Wrapper } from '../shared/transport/call';
import { difference } from '../shared/transport/difference';
import { Unread, unsentWhereUnread } from '../shared/transport/readable';
import { Refusal } from '../shared/transport/refusal';
import { allRows } from './allRows';

/** A client that may write but not read is kept from doubling by the key alone. */
const MAY_NOT_READ = [403, 404];
/** The key is known with another body, or under way. */
const CONFLICTS = [409, 422];

const byName = async (send: Send, list: string) =>
	await allRows(send, list).then(
		(rows) => new Map(rows.map((row) => [String(row.name), row])),
		async (error: unknown) =>
			error instanceof Unread && MAY_NOT_READ.includes(error.answer.status) ? new Map<string, IDataObject>() : await Promise.reject(error),
	);

/** What Finvis has under the reference, when it is what was asked for; refuses when it is something else. */
function same({ body, workedOut, reference }: ApiRequest, found: IDataObject | undefined): IDataObject | undefined {
	const other = found && difference({ ...body, ...workedOut }, found);
	if (other === undefined) return found;
	throw new Refusal(
		`The reference '${reference}' was already used for something else`,
		`In what Finvis has under it, ${other}. Nothing was sent. If this is a new payment give it its own reference; if not, correct the values.`,
	);
}

/**
 * How long Finvis remembers a key is not documented. So before the first batch of a run its list is read: a batch whose name
 * has the reference is reported and not made again. After an answer that got lost or a conflict it is looked up again.
 */
export const oncePerReference: Wrapper = (next) => {
	let known: Promise<Map<string, IDataObject>> | undefined;

	async function once(request: ApiRequest, list: string): Promise<Answer> {
		const name = String(request.body?.name);
		known ??= byName(next, list);
		const before = same(request, (await known).get(name));
		if (before) return { status: 200, headers: {}, body: before, outcome: 'found' };
		const answer = await next(request);
		if (answer.outcome !== 'unknown' && !CONFLICTS.includes(answer.status)) return answer;
		const found = same(request, (await byName(next, list).catch(() => undefined))?.get(name));
		return found
			? { ...answer, status: 200, lost: undefined, body: found, outcome: answer.outcome === 'unknown' ? 'created' : 'found' }
			: answer;
	}

	return async (request) => {
		const { reference, lookIn, body } = request;
		// A name of the user's own raw JSON tells nothing of the reference.
		if (lookIn === undefined || reference === undefined || !String(body?.name).includes(reference)) return await next(request);
		return await once(request, lookIn.list).catch(unsentWhereUnread);
	};
};
