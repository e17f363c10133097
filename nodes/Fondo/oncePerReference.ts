import type { IDataObject } from 'n8n-workflow';
import { clock } from '../shared/transport/clock';
import { bySortedId } from '../shared/transport/pages';
import type { Place } from '../shared/transport/place';
import { Refusal } from '../shared/transport/refusal';
import type { Answer, ApiRequest, LookIn, Send, Wrapper } from '../shared/transport/call';
import { isOk } from '../shared/transport/call';
import { hasFailed, isDone, isObject, isRefused } from './certainty';

/** After a doubtful send the object may still be on its way into the list: look again after these waits before it counts as absent. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

/** Rows read again at every look: an object can show up behind others that were begun after it. */
const OVERLAP_ROWS = 100;

/** What one list holds so far, by reference, and the `sortedId` of its last rows, from the first of which to read on. */
interface Known {
	readonly byReference: Map<string, IDataObject>;
	last: string[];
}

/** The list could not be read; carries the answer that says why. */
class Unread extends Error {
	constructor(readonly answer: Answer) {
		super('unread');
	}
}

const isOfKind = (row: IDataObject, { where = {} }: LookIn) => Object.entries(where).every(([name, value]) => row[name] === value);

/** The references that rows of the list would have: of each payment of an instruction, else the user's own. */
const referencesIn = (body: IDataObject | undefined, reference: string): string[] =>
	Array.isArray(body?.payments)
		? body.payments.map((payment: unknown) => (isObject(payment) ? String(payment.clientRef) : ''))
		: [reference];

/** A field that was sent and that the found object shows otherwise; undefined when both say the same. */
function difference(sent: IDataObject, found: IDataObject): string | undefined {
	const [name] =
		Object.entries(sent).find(([key, value]) => value !== undefined && found[key] !== undefined && String(found[key]) !== String(value)) ??
		[];
	// executorRef is a personal number: name the field, not its values.
	return name === undefined || name === 'executorRef' ? name : `${name} was ${String(found[name])}, now ${String(sent[name])}`;
}

/** Sends of the same reference stand in line, also those of other executions in this process: the second one looks after the first. */
const lines = new Map<string, Promise<unknown>>();

async function inLine<T>(key: string, task: () => Promise<T>): Promise<T> {
	const before = lines.get(key) ?? Promise.resolve();
	const mine = before.then(task, task);
	lines.set(key, mine);
	return await mine.finally(() => {
		if (lines.get(key) === mine) lines.delete(key);
	});
}

/**
 * Fondo takes no idempotency key (contracts/NOTES.md 1.6): `clientRef` carries the reference. Before every send the list is
 * read on from where it was, so a reference that is there is reported and not sent. After a lost answer, a 5xx or an empty 2xx
 * it is looked up: found is reported. Absent after several looks is sent once more only where Fondo itself said that it
 * failed; after a lost answer Fondo may still be at it, and then, as where the look-up fails, the outcome is `unknown`.
 * Reading on by `sortedId` asks for less than a window of `modifiedFrom`, and no clock can be wrong.
 */
export const oncePerReference =
	(place: Place): Wrapper =>
	(next) => {
		const lists = new Map<string, Known>();

		/** Looks for the reference; reads only what is new since the last look. */
		async function find({ path, body, reference = '' }: ApiRequest, lookIn: LookIn): Promise<IDataObject | undefined> {
			const key = JSON.stringify([lookIn, path]);
			const known = lists.get(key) ?? { byReference: new Map<string, IDataObject>(), last: [] };
			lists.set(key, known);
			const query = known.last.length === 0 ? {} : { start: known.last[0] };
			for await (const { rows } of bySortedId(readable(next), { route: lookIn.list, path, query })) {
				for (const row of rows) {
					if (typeof row.clientRef === 'string' && isOfKind(row, lookIn)) known.byReference.set(row.clientRef, row);
					if (typeof row.sortedId === 'string') known.last.push(row.sortedId);
				}
				known.last = [...new Set(known.last)].sort().slice(-OVERLAP_ROWS);
			}
			return referencesIn(body, reference)
				.map((name) => known.byReference.get(name))
				.find((row) => row !== undefined);
		}

		async function findAfterDoubt(request: ApiRequest, lookIn: LookIn): Promise<IDataObject | undefined> {
			for (const waitMs of LOOKS_AFTER_MS) {
				await clock.sleep(waitMs);
				const found = await find(request, lookIn);
				if (found) return found;
			}
			return undefined;
		}

		async function send(request: ApiRequest, lookIn: LookIn, tries = 2): Promise<Answer> {
			const answer = await next(request);
			if (isDone(answer) || isRefused(answer) || answer.outcome !== undefined) return answer;
			try {
				const found = await findAfterDoubt(request, lookIn);
				// It was not there before we sent it, so it is ours.
				if (found) return { ...answer, status: 200, body: found, lost: undefined, outcome: 'created' };
			} catch {
				return { ...answer, outcome: 'unknown' };
			}
			return hasFailed(answer) && tries > 1 ? await send(request, lookIn, tries - 1) : { ...answer, outcome: 'unknown' };
		}

		async function once(request: ApiRequest, lookIn: LookIn): Promise<Answer> {
			const found = await find(request, lookIn).catch(async (error: unknown) =>
				error instanceof Unread ? error : await Promise.reject(error),
			);
			if (found instanceof Unread) return { ...found.answer, unsent: true };
			if (!found) return await send(request, lookIn);
			const other = difference(request.body ?? {}, found);
			if (other === undefined) return { status: 200, headers: {}, body: found, outcome: 'found' };
			throw new Refusal(
				`The reference '${request.reference}' was already used for something else`,
				`In what Fondo has under it, ${other}. Nothing was sent. If this is a new payment give it its own reference; if not, correct the values.`,
			);
		}

		return async (request) => {
			const { reference, lookIn } = request;
			if (reference === undefined) return await next(request);
			// Payments of an instruction carry a reference each.
			const named: ApiRequest = Array.isArray(request.body?.payments)
				? request
				: { ...request, body: { ...request.body, clientRef: reference } };
			if (request.query?.['validate-only'] === 'true') return { ...(await next(named)), outcome: 'validated' };
			if (lookIn === undefined)
				throw new Refusal(
					`${request.route} names no list to look for its reference`,
					'This is a defect of this package: please report it.',
				);
			return await inLine(
				JSON.stringify([place.baseUrl, place.identity, lookIn.list, request.path, reference]),
				async () => await once(named, lookIn),
			);
		};
	};

/** A look that fails must never read as an empty list. */
const readable =
	(send: Send): Send =>
	async (request) => {
		const answer = await send(request);
		if (isOk(answer) && Array.isArray(answer.body)) return answer;
		throw new Unread(answer);
	};
