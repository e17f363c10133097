import { clock } from '../core/clock';
import type { WithLock } from '../core/keyedLock';
import { keepNewest } from '../core/seenKeys';
import { UserError } from '../core/userError';
import { saysNo } from '../http/envelope';
import type { ApiResponse, Middleware, SendRequest } from '../http/request';
import { isOk } from '../http/request';
import { isEmpty, isRefused } from './answers';
import { contentFingerprint } from './canonical';
import { referenceConflict } from './diff';
import { dayOf, WriteMarks } from './marks';
import type { Memory } from './memory';
import { ListUnavailableError } from './requireList';
import type { KnownWrite, Recall, Shown, Write } from './write';

/** Writes that one process remembers for one connection; beyond it the oldest go. */
const MOST_KNOWN = 20_000;

/** Objects become visible a little after the call: the looks after a doubtful answer, in ms. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

const OTHER_CONTENT = 'A payee, an account, a text, an amount, a day or the kind of operation was another.';

/** What all runs of one process with the same connection share. */
interface Shared {
	readonly known: Map<string, KnownWrite>;
	readonly withLock: WithLock;
}

/**
 * The record of writes: record → look → begin → send → compare → settle. One reference is sent once, for ever: what is known
 * as sent and is not shown stops, and only `sendAgain` of the request sends it.
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
		return await withLock(write.key, async () => await new Attempt(write, next, known, memory, isRehearsal).execute());
	};

/** One execution of one write. Each part gives the answer of the write where the write ends there. */
class Attempt {
	private readonly fingerprint: string;
	private readonly marks: WriteMarks;
	/** What this process knows of an earlier call. */
	private readonly mine: KnownWrite | undefined;
	/** An earlier call was sent: a refusal of this one says nothing about that one. */
	private isRepeat = false;

	constructor(
		private readonly write: Write,
		private readonly next: SendRequest,
		private readonly known: Map<string, KnownWrite>,
		memory: Memory,
		private readonly isRehearsal: boolean,
	) {
		this.fingerprint = contentFingerprint(write.content);
		this.marks = new WriteMarks(memory, write, this.fingerprint);
		this.mine = known.get(write.key);
	}

	async execute(): Promise<ApiResponse> {
		await this.requireSameContent();
		return (await this.look()) ?? (await this.begin()) ?? (await this.settle(await this.send()));
	}

	// Record: what this process knows.

	/** Refuses other content under a reference that this process has sent. */
	private async requireSameContent() {
		const { mine, known, write } = this;
		if (mine !== undefined && mine.fingerprint !== this.fingerprint) {
			const shown = await this.lookQuietly(mine);
			const { conflict = OTHER_CONTENT, reference = write.name } = shown.find((one) => one.conflict !== undefined) ?? {};
			throw referenceConflict(reference, conflict);
		}
		for (const { key, content, name } of write.claims ?? []) {
			const other = known.get(key);
			if (other !== undefined && other.fingerprint !== contentFingerprint(content)) throw referenceConflict(name, OTHER_CONTENT);
		}
	}

	private async isKnownAsDone() {
		return this.mine === undefined ? await this.marks.isDone() : this.mine.state === 'done';
	}

	private remember(state: KnownWrite['state'], object = this.mine?.object) {
		if (this.isRehearsal) return;
		const at = this.mine?.at ?? clock.now();
		keepNewest(this.known, this.write.key, { fingerprint: this.fingerprint, state, at, object }, MOST_KNOWN);
		for (const { key, content } of this.write.claims ?? [])
			keepNewest(this.known, key, { fingerprint: contentFingerprint(content), state, at }, MOST_KNOWN);
	}

	/** Nothing was sent, or the API said no: the reference is free, unless an earlier call used it. */
	private async forget() {
		await this.marks.forget();
		if (this.mine === undefined) this.known.delete(this.write.key);
	}

	// Look: what the API shows.

	private async look(): Promise<ApiResponse | undefined> {
		const shown = await this.write.look(this.mine ?? { state: 'nothing' }).catch(async (error: unknown) => {
			// What was sent before is not called rejected because it cannot be looked up today.
			const isReadError = !(error instanceof UserError);
			if (isReadError && (this.mine !== undefined || (await this.marks.isSent()))) return await this.stop({ isUnreadable: true });
			if (error instanceof ListUnavailableError) return { ...error.response, notSent: true };
			throw error;
		});
		if ('status' in shown) return shown;
		return shown.length === 0 ? undefined : await this.found(shown);
	}

	/** A look after a call: it shows nothing where the list cannot be read. */
	private async lookQuietly(recall: Recall): Promise<readonly Shown[]> {
		return await this.write.look(recall).catch(() => []);
	}

	private async lookForSeconds(state: Recall['state']): Promise<readonly Shown[]> {
		let shown: readonly Shown[] = [];
		for (const waitMs of LOOKS_AFTER_MS) {
			await clock.sleep(waitMs);
			shown = await this.lookQuietly({ state, object: this.mine?.object });
			if (shown.some(({ conflict }) => conflict === undefined)) break;
		}
		return shown;
	}

	/** Reports an object that is there, where it is this write's own and what is asked for. */
	private async found(all: readonly Shown[]): Promise<ApiResponse> {
		const { write, marks, mine } = this;
		const evidence = await marks.evidence(all.map(({ object }) => object.id));
		const isMade = (id: unknown) => evidence.isMade(id) || (id !== undefined && id === mine?.object?.id);
		const shown = ownAmong(all, isMade);
		if (shown === undefined && write.request.takeOver !== true)
			throw new UserError(
				`There are ${all.length} objects under '${write.name}'`,
				'Nothing was sent. This node cannot see which of them it made. Look at them, have the wrong ones removed, and run this again.',
			);
		const { object, dead, conflict, reference = write.name, isProven = false, remarks } = shown ?? all[all.length - 1];
		if (dead) throw dead;
		const { isSent, isSame, isLegacy, foreignClaim } = evidence;
		// This content was sent under this reference. To advise another reference now could double it.
		if (conflict !== undefined && (mine !== undefined || (isSent && isSame))) return await this.stop({ conflict });
		if (conflict !== undefined) throw referenceConflict(reference, conflict);
		if (isSent && !isSame) throw referenceConflict(write.name, OTHER_CONTENT);
		if (!isSent && foreignClaim !== undefined) throw referenceConflict(foreignClaim.name, 'Another call has used it.');
		const isOfThisWrite = isSent && isSame && (write.needsEvidence !== true || isLegacy);
		const madeHere = mine !== undefined || isProven || isMade(object.id) || isOfThisWrite;
		if (write.needsEvidence && !madeHere && write.request.takeOver !== true)
			throw new UserError(
				`Somebody else made what is under '${write.name}'`,
				"Nothing was sent. This node did not make it, and cannot see whether its payments are yours. Look at it. If it is right, choose Take It for 'If Somebody Else Made It' in the additional fields; if not, have it removed and run this again.",
			);
		this.remember('done', object);
		if (madeHere && !isSent) await marks.keepFound(object.id);
		return { status: 200, headers: {}, body: object, outcome: 'found', receiptDetails: { madeHere, ...remarks } };
	}

	/** Known as sent, and not shown, or shown as something else, or the list that would show it cannot be read. */
	private async stop(why: Pick<NonNullable<ApiResponse['sentBefore']>, 'isUnreadable' | 'conflict'> = {}): Promise<ApiResponse> {
		const { mine, marks, write } = this;
		const day = mine === undefined ? await marks.dayOfSend() : dayOf(mine.at);
		const sentBefore = { name: write.name, day, isDone: await this.isKnownAsDone(), ...why };
		return { status: 0, headers: {}, body: undefined, outcome: 'unknown', sentBefore };
	}

	// Begin: only one call under a reference is under way.

	private async begin(): Promise<ApiResponse | undefined> {
		const { write, marks, mine } = this;
		const begun = await marks.begin();
		if (begun === 'unavailable' && write.needsMemory)
			throw new UserError(
				'n8n cannot remember what is sent here',
				"Nothing was sent. Run this again. If it fails again, save the workflow and read n8n's log: this operation needs the memory of the Remove Duplicates node (n8n 1.90 or newer).",
			);
		if (begun === 'other content') throw referenceConflict(write.name, OTHER_CONTENT);
		if (typeof begun === 'object') throw referenceConflict(begun.claimUsed, 'Another call has used it.');
		this.isRepeat = begun === 'sent before' || mine !== undefined;
		if (!this.isRepeat || write.request.sendAgain === true) return undefined;
		if (mine !== undefined || this.isRehearsal) return await this.stopOrRepeat();
		// Another worker may be at it: its object shows up within seconds, or its mark goes because the API said no.
		const late = await this.lookForSeconds((await marks.isDone()) ? 'done' : 'sent');
		if (late.length > 0) return await this.found(late);
		if ((await marks.begin()) !== 'first') return await this.stopOrRepeat();
		this.isRepeat = false;
		return undefined;
	}

	/** What was sent is not sent again, unless a second execution changes nothing and the first is not known. */
	private async stopOrRepeat(): Promise<ApiResponse | undefined> {
		return this.write.isIdempotent === true && !(await this.isKnownAsDone()) ? undefined : await this.stop();
	}

	// Send: one call. It is repeated only where nothing can have been executed.

	private async send(): Promise<ApiResponse> {
		return await this.next(this.write.request).catch(async (error: unknown) => {
			// Nothing was sent: the credential gave no token, or the call was refused before it went out.
			await this.forget();
			return await Promise.reject(error);
		});
	}

	// Compare and settle: what became of it.

	private async settle(response: ApiResponse): Promise<ApiResponse> {
		const { write } = this;
		if (response.outcome === 'rehearsed') {
			await this.forget();
			return response;
		}
		if (write.isCheck) return (await this.settleCheck(response)) ?? (await this.settleDoubt(response));
		const shown = isOk(response) ? write.shownBy(response) : undefined;
		if (shown !== undefined) {
			if (shown.conflict === undefined) return await this.done(response, shown);
			this.remember('sent');
			await this.marks.keepSent();
			return { ...response, outcome: 'unknown', otherValues: shown.conflict };
		}
		if (isOk(response) && saysNo(response.body)) return await this.settleNo(response);
		return isRefused(response) ? await this.settleRefusal(response) : await this.settleDoubt(response);
	}

	private async done(answer: ApiResponse, shown?: Shown): Promise<ApiResponse> {
		await this.marks.keepDone(shown?.object.id);
		this.remember('done', shown?.object);
		return { ...answer, receiptDetails: { ...answer.receiptDetails, madeHere: true, ...shown?.remarks } };
	}

	/** What the API shows after this call and that may be of this call. */
	private ownLater(all: readonly Shown[]): Shown | undefined {
		const own = this.write.needsEvidence ? all.filter(({ isProven }) => isProven) : all;
		return ownAmong(own, () => false);
	}

	private async lookOnce(): Promise<Shown | undefined> {
		return this.ownLater(await this.lookQuietly({ state: 'sent' }));
	}

	/** Only a check was asked for: an answer that shows an object has executed it. */
	private async settleCheck(response: ApiResponse): Promise<ApiResponse | undefined> {
		const executed = async (shown: Shown) =>
			await this.done({ ...response, body: shown.object, outcome: 'created', executedCheck: true }, shown);
		const shown = isOk(response) ? this.write.shownBy(response) : undefined;
		if (shown?.object.id !== undefined) return await executed({ ...shown, conflict: undefined });
		if (isOk(response) && saysNo(response.body)) {
			await this.forget();
			return { ...response, saidNo: true };
		}
		const late = isOk(response) ? await this.lookOnce() : undefined;
		if (late !== undefined) return await executed(late);
		if (!isOk(response) && !isRefused(response)) return undefined;
		await this.forget();
		return isOk(response) ? { ...response, outcome: 'validated' } : response;
	}

	/** A 2xx whose body says no. */
	private async settleNo(response: ApiResponse): Promise<ApiResponse> {
		const late = await this.lookOnce();
		if (late !== undefined && late.conflict === undefined)
			return await this.done({ ...response, body: late.object, outcome: undefined }, late);
		await this.forget();
		return { ...response, saidNo: true };
	}

	private async settleRefusal(response: ApiResponse): Promise<ApiResponse> {
		if (this.isRepeat) return { ...response, outcome: 'unknown' };
		// A used key or reference, or a call that is still under way: what is there says which.
		const late = response.status === 409 || response.status === 422 ? await this.lookOnce() : undefined;
		if (late !== undefined && late.conflict === undefined)
			return await this.done({ ...response, status: 200, body: late.object, outcome: 'found' }, late);
		await this.forget();
		if (late?.conflict !== undefined) throw referenceConflict(late.reference ?? this.write.name, late.conflict);
		return response;
	}

	/** Only the API can know. The marks stay. */
	private async settleDoubt(response: ApiResponse): Promise<ApiResponse> {
		this.remember('sent');
		await this.marks.keepSent();
		const late = this.ownLater(await this.lookForSeconds('sent'));
		if (late !== undefined && late.conflict === undefined && late.dead === undefined)
			return await this.done({ ...response, status: 200, body: late.object, networkError: undefined, outcome: undefined }, late);
		if (response.status === 303) return await this.done({ ...response, status: 201, outcome: undefined });
		// 201, 202 and 204 say yes without a body. A 200 has lost its body, which may have said no: only a look can confirm it.
		const saysYes = response.status !== 200 || this.write.needsMemory === true;
		if (isOk(response) && isEmpty(response.body) && saysYes) return await this.done({ ...response, outcome: undefined });
		return { ...response, outcome: 'unknown' };
	}
}

/**
 * The object of this write among those under its reference: one that the record knows by its ID, else the one that proves it
 * and is what is asked for, else the last. An object that is not dead goes first. Undefined if several prove it equally.
 */
function ownAmong(all: readonly Shown[], isMade: (id: unknown) => boolean): Shown | undefined {
	const best = (some: readonly Shown[]) => some.filter(({ dead }) => dead === undefined).at(-1) ?? some.at(-1);
	const made = all.filter(({ object }) => isMade(object.id));
	if (made.length > 0) return best(made);
	const fitting = all.filter(({ isProven, conflict }) => isProven && conflict === undefined);
	if (fitting.filter(({ dead }) => dead === undefined).length > 1) return undefined;
	return best(fitting.length > 0 ? fitting : all);
}
