import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../core/clock';
import { isObject } from '../core/isObject';
import type { WithLock } from '../core/keyedLock';
import { keepNewest } from '../core/seenKeys';
import { UserError } from '../core/userError';
import type { ApiRequest, ApiResponse, Middleware, SendRequest } from '../http/request';
import { isOk } from '../http/request';
import { contentFingerprint } from './canonical';
import { referenceConflict } from './diff';
import { uuidOf } from './idempotencyKey';
import type { Memory } from './memory';
import { marksSet, takeAway } from './memory';
import { ListUnavailableError } from './requireList';

/** What the record knows of a write before a look. */
export type Knowledge = 'nothing' | 'sent' | 'done';

/** What an API shows under a reference, or of the object that is acted on. */
export interface Shown {
	readonly object: IDataObject;
	/** Says, in a sentence, what it shows other than what is asked for. */
	readonly conflict?: string;
	/** Why it will never be executed, as an error. */
	readonly dead?: UserError;
	/** Whether the object itself proves that this node made it. */
	readonly isProven?: boolean;
}

/** One write, as the adapter of an API describes it to the record. */
export interface Write {
	/** What the record keeps it under: all that makes it the same intent. */
	readonly key: string;
	/** What is asked for, compared by value. */
	readonly content: unknown;
	/** The reference or ID in messages. */
	readonly name: string;
	/** Further references that this call uses up, each with what is asked for under it. */
	readonly claims?: ReadonlyArray<{ readonly key: string; readonly content: unknown; readonly name: string }>;
	/** Marks of version 0.1.0 for the same write: that it was sent, and that it was sent with this content. */
	readonly before?: { readonly sent: string; readonly same: string };
	/** The call as it goes out. */
	readonly request: ApiRequest;
	/** The lists of the API show it late or never, so it is not sent where n8n keeps no marks. */
	readonly needsMemory?: boolean;
	/** An object shown under the reference counts only where the record or the object itself proves that this node made it. */
	readonly needsEvidence?: boolean;
	/** What the API shows now; `known` is what the record knows of an earlier call: sent by this process, done, or nothing. Undefined: nothing. Throws ListUnavailableError where it cannot be read. */
	readonly look: (known: Knowledge) => Promise<Shown | undefined>;
	/** What an answer to this write shows, when it shows an object. */
	readonly shownBy: (response: ApiResponse) => Shown | undefined;
	/** The call only asks for a check. */
	readonly isCheck?: boolean;
}

/** What this process knows of a write. */
export interface KnownWrite {
	readonly fingerprint: string;
	readonly state: 'sent' | 'done';
	readonly at: number;
	readonly object?: IDataObject;
}

/** Writes that one process remembers for one connection; beyond it the oldest go. */
const MOST_KNOWN = 20_000;

/** Objects become visible a little after the call: the looks after a doubtful answer, in ms. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

/** How far back the day of an earlier send is looked for. */
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The marks of one write in n8n's memory. */
const marksOf = (key: string, fingerprint: string) => ({
	sent: `${key} sent`,
	same: `${key} ${fingerprint.slice(0, 32)}`,
	day: (time: number) => `${key} on ${dayOf(time)}`,
	/** Two, each asked for by a look of its own: what one look of another process has set for a moment is no proof. */
	done: [`${key} done`, `${key} done indeed`],
	object: (id: unknown) => `${key} made ${String(id)}`,
});

const NOTHING: Pick<ApiResponse, 'headers' | 'body' | 'status'> = { status: 0, headers: {}, body: undefined };

/** The API said no, or was not asked. 303 says that it executed the call, 408 that it stopped listening, 409 and 422 may speak of an earlier call. */
export const isRefused = ({ status, networkError, notSent, outcome }: ApiResponse) =>
	notSent === true ||
	(outcome !== 'unknown' && networkError === undefined && status >= 300 && status < 500 && status !== 303 && status !== 408);

/** An answer that says no in its body, whatever its status says: `success: false`, or errors and no ID. */
export function saysNo(body: unknown): boolean {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	const { success, valid, error, errors, id } = body as IDataObject;
	if (success === false || valid === false) return true;
	const isGiven = (value: unknown) =>
		value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
	return id === undefined && (isGiven(error) || isGiven(errors));
}

/** The object in an answer, also where an envelope is around it; undefined where there is none, or where the answer says no. */
export function objectIn(body: unknown): IDataObject | undefined {
	if (!isObject(body) || saysNo(body)) return undefined;
	if (body.id !== undefined) return body;
	const inner = Object.values(body)
		.filter(isObject)
		.filter(({ id }) => id !== undefined);
	if (inner.length === 1) return inner[0];
	return Object.keys(body).length > 0 ? body : undefined;
}

const isEmpty = (body: unknown) => body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);

/**
 * The record of writes: record → look → begin → send → compare → settle. One reference is sent once, for ever: what is known
 * as sent and is not shown stops, and only `sendAgain` of the request sends it. Marks in n8n's memory are for good; they go
 * when the API says no.
 * @param describe the write of a request, or undefined for what needs no record
 * @param known what this process knows, shared by all runs with the same connection
 */
export const recordOfWrites =
	(
		describe: (request: ApiRequest, send: SendRequest) => Write | undefined,
		{ known, withLock }: { readonly known: Map<string, KnownWrite>; readonly withLock: WithLock },
		memory: Memory,
		isRehearsal = false,
	): Middleware =>
	(next) =>
	async (request) => {
		const write = describe(request, next);
		if (write === undefined) return await next(request);
		return await withLock(write.key, async () => await execute(write, next, known, memory, isRehearsal));
	};

async function execute(
	write: Write,
	next: SendRequest,
	known: Map<string, KnownWrite>,
	memory: Memory,
	isRehearsal: boolean,
): Promise<ApiResponse> {
	const { key, request } = write;
	const fingerprint = contentFingerprint(write.content);
	const marks = marksOf(key, fingerprint);
	const mine = known.get(key);
	if (mine !== undefined && mine.fingerprint !== fingerprint) throw conflictOf(write, await differenceIn(write, mine.state));
	for (const claim of write.claims ?? []) {
		const other = known.get(claim.key);
		if (other !== undefined && other.fingerprint !== contentFingerprint(claim.content)) throw referenceConflict(claim.name, OTHER_CONTENT);
	}

	const keep = (state: KnownWrite['state'], object?: IDataObject) => {
		if (isRehearsal) return;
		const at = mine?.at ?? clock.now();
		keepNewest(known, key, { fingerprint, state, at, object }, MOST_KNOWN);
		for (const claim of write.claims ?? [])
			keepNewest(known, claim.key, { fingerprint: contentFingerprint(claim.content), state, at }, MOST_KNOWN);
	};

	let unreadable: ApiResponse | undefined;
	const shown = await write.look(mine?.state ?? 'nothing').catch(async (error: unknown) => {
		if (!(error instanceof ListUnavailableError)) return await Promise.reject(error);
		// What was sent before is not called rejected because its list cannot be read today.
		if (mine !== undefined || (await isMarked(memory, marks.sent, marks.same))) return UNREADABLE;
		unreadable = error.response;
		return undefined;
	});
	if (shown === UNREADABLE) return await sentBefore(write, memory, marks, mine, true);
	if (unreadable !== undefined) return { ...unreadable, notSent: true };
	if (shown !== undefined) return await settleFound(write, shown, memory, marks, mine, keep);

	const claimed = (write.claims ?? []).map(({ key: claim, content }) => marksOf(claim, contentFingerprint(content)));
	let begun = await begin(memory, write, marks, claimed);
	if (begun === 'unavailable' && write.needsMemory)
		throw new UserError(
			'n8n cannot remember what is sent here',
			"Nothing was sent. Run this again. If it fails again, save the workflow and read n8n's log: this operation needs the memory of the Remove Duplicates node (n8n 1.90 or newer).",
		);
	if (begun === 'other content') throw conflictOf(write, OTHER_CONTENT);
	if (typeof begun === 'object') throw referenceConflict(begun.claimUsed, 'Another call has used it.');
	let isKnown = begun === 'sent before' || mine !== undefined;
	if (isKnown && !isRehearsal && request.sendAgain !== true) {
		if (mine !== undefined) return await sentBefore(write, memory, marks, mine);
		// Another worker may be at it: its object shows up within seconds, or its mark goes because the API said no.
		const wasDone = await isMarked(memory, ...marks.done);
		const late = await lookAgain(write, wasDone ? 'done' : 'nothing');
		if (late !== undefined) return await settleFound(write, late, memory, marks, mine, keep);
		begun = await begin(memory, write, marks, claimed);
		if (begun !== 'first') return await sentBefore(write, memory, marks, mine);
		isKnown = false;
	}

	const setHere =
		begun === 'first' ? [marks.sent, marks.same, marks.day(clock.now()), ...claimed.flatMap(({ sent, same }) => [sent, same])] : [];
	const forget = async () => {
		await takeAway(memory, setHere);
		if (mine === undefined) known.delete(key);
	};
	const response = await next(request).catch(async (error: unknown) => {
		// Nothing was sent: the credential gave no token, or the call was refused before it went out.
		await forget();
		return await Promise.reject(error);
	});
	if (response.outcome === 'rehearsed') {
		await forget();
		return response;
	}
	return await settle(write, response, { memory, marks, setHere, keep, forget, isKnown });
}

/** Whether both marks are set, each by a look of its own, and for longer than the looks of another process set them. */
async function isMarked(memory: Memory, ...both: readonly string[]): Promise<boolean> {
	for (let looks = memory.settlingMs > 0 ? 3 : 1; looks > 0; looks -= 1) {
		for (const mark of both) if (!(await marksSet(memory, [mark])).has(mark)) return false;
		await clock.sleep(memory.settlingMs * 3 * looks);
	}
	return true;
}

const UNREADABLE = Symbol('sent before, and its list cannot be read');
const OTHER_CONTENT = 'A payee, an account, a text, an amount, a day or the kind of operation was another.';

/** What the API shows other than what is asked for, where it shows it. */
async function differenceIn(write: Write, state: KnownWrite['state']): Promise<string> {
	const shown = await write
		.look(state)
		.catch(async (error: unknown) => (error instanceof ListUnavailableError ? undefined : await Promise.reject(error)));
	return shown?.conflict ?? OTHER_CONTENT;
}

function conflictOf({ name }: Write, why: string): UserError {
	return referenceConflict(name, why);
}

type Marks = ReturnType<typeof marksOf>;

type Begun = 'first' | 'sent before' | 'other content' | 'unavailable' | { readonly claimUsed: string };

/**
 * Marks that the call begins. A mark of its own shows which of two processes came last, and that one goes on. Every mark is
 * verified after writing, because another process may have written the row over it.
 */
async function begin(memory: Memory, { before, claims = [] }: Write, marks: Marks, claimed: readonly Marks[]): Promise<Begun> {
	const owner = `${marks.sent} by ${randomUUID()}`;
	const mine = [marks.sent, marks.same, marks.day(clock.now()), ...claimed.flatMap(({ sent, same }) => [sent, same])];
	const older = before === undefined ? [] : [before.sent, before.same];
	const isShared = memory.settlingMs > 0;
	const set = await memory.mark([...mine, ...older, ...(isShared ? [owner] : [])]);
	if (set === undefined) return 'unavailable';
	const isSent = set.has(marks.sent) || older.some((mark) => set.has(mark) && mark === older[0]);
	const isSame = set.has(marks.same) || (older.length > 0 && set.has(older[1]));
	const usedClaim = claims.find((_, index) => set.has(claimed[index].sent));
	const undo = async () =>
		await takeAway(
			memory,
			[...mine, ...older, owner].filter((mark) => !set.has(mark)),
		);
	if (isSent) {
		await undo();
		return isSame ? 'sent before' : 'other content';
	}
	if (usedClaim !== undefined) {
		await undo();
		return { claimUsed: usedClaim.name };
	}
	if (older.length > 0) await memory.forget(older);
	for (let left = 3; left > 0; left -= 1) {
		if (isShared) await clock.sleep(memory.settlingMs);
		const wanted = [marks.sent, marks.same, ...(isShared ? [owner] : [])];
		const kept = await memory.mark(wanted);
		if (kept === undefined) {
			await undo();
			return 'unavailable';
		}
		if (wanted.every((mark) => kept.has(mark))) {
			if (isShared) await memory.forget([owner]);
			return 'first';
		}
		// Another process wrote the row over ours. Where it has marked the same write, it goes on and this one does not.
		if (isShared && kept.has(marks.sent) && !kept.has(owner)) {
			await memory.forget([owner]);
			return 'sent before';
		}
	}
	await undo();
	throw new UserError('n8n did not remember what was to be sent', 'Nothing was sent. Run this again.');
}

async function lookAgain(write: Write, knowledge: Knowledge): Promise<Shown | undefined> {
	for (const waitMs of LOOKS_AFTER_MS) {
		await clock.sleep(waitMs);
		const shown = await write.look(knowledge).catch(() => undefined);
		if (shown !== undefined) return shown;
	}
	return undefined;
}

/** Known as sent, and not shown, or the list that would show it cannot be read: the record stops. */
async function sentBefore(
	{ name }: Write,
	memory: Memory,
	marks: Marks,
	mine: KnownWrite | undefined,
	isUnreadable = false,
): Promise<ApiResponse> {
	const days = Array.from({ length: MOST_DAYS }, (_, back) => clock.now() - back * DAY_MS);
	const set = mine === undefined ? await marksSet(memory, days.map(marks.day)) : new Set<string>();
	const time = mine?.at ?? days.find((one) => set.has(marks.day(one)));
	return {
		...NOTHING,
		outcome: 'unknown',
		sentBefore: {
			name,
			day: time === undefined ? undefined : dayOf(time),
			isDone: mine === undefined ? await isMarked(memory, ...marks.done) : mine.state === 'done',
			isUnreadable,
		},
	};
}

async function settleFound(
	write: Write,
	{ object, conflict, dead, isProven = false }: Shown,
	memory: Memory,
	marks: Marks,
	mine: KnownWrite | undefined,
	keep: (state: KnownWrite['state'], object?: IDataObject) => void,
): Promise<ApiResponse> {
	if (dead) throw dead;
	if (conflict !== undefined) throw conflictOf(write, conflict);
	const { before } = write;
	const id = marks.object(object.id);
	const set = await marksSet(memory, [marks.sent, marks.same, id, ...(before === undefined ? [] : [before.sent, before.same])]);
	const isSent = set.has(marks.sent) || (before !== undefined && set.has(before.sent));
	const isSame = set.has(marks.same) || (before !== undefined && set.has(before.same));
	if (isSent && !isSame) throw conflictOf(write, OTHER_CONTENT);
	for (const claim of isSent ? [] : (write.claims ?? [])) {
		const its = marksOf(claim.key, contentFingerprint(claim.content));
		const used = await marksSet(memory, [its.sent, its.same]);
		if (used.has(its.sent) && !used.has(its.same)) throw referenceConflict(claim.name, 'Another call has used it.');
	}
	const madeHere = mine !== undefined || isProven || set.has(id) || (isSent && isSame && !write.needsEvidence);
	if (write.needsEvidence && !madeHere && write.request.takeOver !== true)
		throw new UserError(
			`Somebody else made what is under '${write.name}'`,
			"Nothing was sent. This node did not make it, and cannot see whether its payments are yours. Look at it. If it is right, choose Take It for 'If Somebody Else Made It' in the options; if not, have it removed and run this again.",
		);
	keep('done', object);
	if (madeHere && !set.has(marks.sent)) await memory.mark([marks.sent, marks.same, id]);
	return { status: 200, headers: {}, body: object, outcome: 'found', receiptDetails: { madeHere } };
}

interface Settling {
	readonly memory: Memory;
	readonly marks: Marks;
	readonly setHere: readonly string[];
	readonly keep: (state: KnownWrite['state'], object?: IDataObject) => void;
	readonly forget: () => Promise<void>;
	/** An earlier call was sent: this one being refused says nothing of that one. */
	readonly isKnown: boolean;
}

async function settle(
	write: Write,
	response: ApiResponse,
	{ memory, marks, setHere, keep, forget, isKnown }: Settling,
): Promise<ApiResponse> {
	const shown = isOk(response) ? write.shownBy(response) : undefined;
	const done = async (answer: ApiResponse, object: IDataObject | undefined, details: IDataObject = {}): Promise<ApiResponse> => {
		// Set once more: another process may have written over them meanwhile.
		await memory.mark([
			...setHere,
			marks.sent,
			marks.same,
			...(write.needsEvidence && object?.id !== undefined ? [marks.object(object.id)] : marks.done),
		]);
		keep('done', object);
		return { ...answer, receiptDetails: { ...answer.receiptDetails, madeHere: true, ...details } };
	};
	if (write.isCheck) {
		if (shown?.object.id !== undefined) return await done({ ...response, outcome: 'created', executedCheck: true }, shown.object);
		if (isOk(response) && saysNo(response.body)) {
			await forget();
			return { ...response, saidNo: true };
		}
		const late = isOk(response) ? await write.look('sent').catch(() => undefined) : undefined;
		if (late !== undefined) return await done({ ...response, body: late.object, outcome: 'created', executedCheck: true }, late.object);
		if (isOk(response) || isRefused(response)) {
			await forget();
			return isOk(response) ? { ...response, outcome: 'validated' } : response;
		}
	} else if (shown !== undefined) {
		if (shown.conflict !== undefined) throw conflictOf(write, shown.conflict);
		return await done(response, shown.object);
	} else if (isOk(response) && saysNo(response.body)) {
		const late = await write.look('sent').catch(() => undefined);
		if (late !== undefined && late.conflict === undefined)
			return await done({ ...response, body: late.object, outcome: 'created' }, late.object);
		await forget();
		return { ...response, saidNo: true };
	} else if (isRefused(response)) {
		if (isKnown) return { ...response, outcome: 'unknown' };
		// A used key or reference, or a call that is still under way: what is there says which.
		const late = response.status === 409 || response.status === 422 ? await lookAgainOnce(write) : undefined;
		if (late === undefined) {
			await forget();
			return response;
		}
		if (late.conflict !== undefined) {
			await forget();
			throw conflictOf(write, late.conflict);
		}
		return await done({ ...response, status: 200, body: late.object, outcome: 'found' }, late.object);
	}
	// Nobody but the API knows. The marks stay, and are set once more.
	keep('sent');
	await memory.mark([...setHere, marks.sent, marks.same]);
	const late = await lookAgain(write, 'sent');
	if (late !== undefined && late.conflict === undefined && late.dead === undefined)
		return await done({ ...response, status: 200, body: late.object, networkError: undefined, outcome: undefined }, late.object);
	// The API said yes and shows nothing: documented for creates without a body.
	const saidYes = response.status === 303 || (isOk(response) && isEmpty(response.body));
	if (saidYes) return await done({ ...response, status: response.status === 303 ? 201 : response.status, outcome: undefined }, undefined);
	return { ...response, outcome: 'unknown' };
}

const lookAgainOnce = async (write: Write) => await write.look('sent').catch(() => undefined);

/** The key of a write under a reference: unique for the API and the credential, over operations and clients. */
export const referenceKey = (host: string, identity: string, reference: string, scope: unknown = null) =>
	uuidOf([host, identity, 'reference', reference, scope]);
