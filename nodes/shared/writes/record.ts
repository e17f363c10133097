/** The record of writes: record → look → begin → send → compare → settle. */
import type { WithLock } from '../core/keyedLock';
import { UserError } from '../core/userError';
import type { ApiResponse, Middleware, SendRequest } from '../http/request';
import { Attempt, OTHER_CONTENT } from './attempt';
import { contentFingerprint } from './canonical';
import { referenceConflict } from './diff';
import { found, look } from './look';
import type { Memory } from './memory';
import { settle } from './settle';
import type { KnownWrite, Write } from './write';

/** What all runs of one process with the same connection share. */
interface Shared {
	readonly known: Map<string, KnownWrite>;
	readonly withLock: WithLock;
}

/**
 * One reference is sent once, for ever: what is known as sent and is not shown stops, and only `sendAgain` of the request sends it.
 * @param describe the write of a request, or undefined for what needs no record
 */
export const recordOfWrites =
	(
		describe: (request: Write['request'], send: SendRequest) => Write | undefined,
		{ known, withLock }: Shared,
		memory: Memory,
		isRehearsal = false,
	): Middleware =>
	(next) =>
	async (request) => {
		const write = describe(request, next);
		if (write === undefined) return await next(request);
		return await withLock(write.key, async () => await execute(new Attempt(write, next, known, memory, isRehearsal)));
	};

/** Each part gives the answer of the write where the write ends there. */
async function execute(attempt: Attempt): Promise<ApiResponse> {
	await requireSameContent(attempt);
	return (await look(attempt)) ?? (await begin(attempt)) ?? (await settle(attempt, await send(attempt)));
}

/** Refuses other content under a reference that this process has sent. */
async function requireSameContent(attempt: Attempt) {
	const { mine, known, write } = attempt;
	if (mine !== undefined && mine.fingerprint !== attempt.fingerprint) {
		const shown = await attempt.lookQuietly(mine);
		const { conflict = OTHER_CONTENT, reference = write.name } = shown.find((one) => one.conflict !== undefined) ?? {};
		throw referenceConflict(reference, conflict);
	}
	for (const { key, content, name } of write.claims ?? []) {
		const other = known.get(key);
		if (other !== undefined && other.fingerprint !== contentFingerprint(content)) throw referenceConflict(name, OTHER_CONTENT);
	}
}

/** Only one call under a reference is under way. */
async function begin(attempt: Attempt): Promise<ApiResponse | undefined> {
	const { write, marks, mine } = attempt;
	const begun = await marks.begin();
	if (begun === 'unavailable' && write.needsMemory)
		throw new UserError(
			'n8n cannot remember what is sent here',
			"Nothing was sent. Run this again. If it fails again, save the workflow and read n8n's log: this operation needs the memory of the Remove Duplicates node (n8n 1.90 or newer).",
		);
	if (begun === 'other content') throw referenceConflict(write.name, OTHER_CONTENT);
	if (typeof begun === 'object') throw referenceConflict(begun.claimUsed, 'Another call has used it.');
	attempt.isRepeat = begun === 'sent before' || mine !== undefined;
	if (!attempt.isRepeat || write.request.sendAgain === true) return undefined;
	if (mine !== undefined || attempt.isRehearsal) return await stopOrRepeat(attempt);
	// Another worker may be at it: its object shows up within seconds, or its mark goes because the API said no.
	const late = await attempt.lookForSeconds((await marks.isDone()) ? 'done' : 'sent');
	if (late.length > 0) return await found(attempt, late);
	if ((await marks.begin()) !== 'first') return await stopOrRepeat(attempt);
	attempt.isRepeat = false;
	return undefined;
}

/** What was sent is not sent again, unless a second execution changes nothing and the first is not known. */
async function stopOrRepeat(attempt: Attempt): Promise<ApiResponse | undefined> {
	return attempt.write.isIdempotent === true && !(await attempt.isKnownAsDone()) ? undefined : await attempt.stop();
}

/** One call. It is repeated only where nothing can have been executed. */
async function send(attempt: Attempt): Promise<ApiResponse> {
	return await attempt.next(attempt.write.request).catch(async (error: unknown) => {
		// Nothing was sent: the credential gave no token, or the call was refused before it went out.
		await attempt.forget();
		return await Promise.reject(error);
	});
}
