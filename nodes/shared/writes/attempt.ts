/** One execution of one write: what is known of an earlier one, and what is remembered of this one. */
import { clock } from '../core/clock';
import { keepNewest } from '../core/seenKeys';
import type { ApiResponse, SendRequest } from '../http/request';
import { contentFingerprint } from './canonical';
import { dayOf, WriteMarks } from './marks';
import type { Memory } from './memory';
import type { KnownWrite, Recall, Shown, Write } from './write';

/** Writes that one process remembers for one connection; beyond it the oldest go. */
const MOST_KNOWN = 20_000;

/** Objects become visible a little after the call: the looks after a doubtful answer, in ms. */
const LOOKS_AFTER_MS = [0, 500, 1_500, 4_000];

/** What a conflict says where nothing but the fingerprint shows it. */
export const OTHER_CONTENT = 'A payee, an account, a text, an amount, a day or the kind of operation was another.';

/** What the parts of one execution share. */
export class Attempt {
	readonly fingerprint: string;
	readonly marks: WriteMarks;
	/** What this process knows of an earlier call. */
	readonly mine: KnownWrite | undefined;
	/** An earlier call was sent: a refusal of this one says nothing about that one. */
	isRepeat = false;

	constructor(
		readonly write: Write,
		readonly next: SendRequest,
		readonly known: Map<string, KnownWrite>,
		memory: Memory,
		readonly isRehearsal: boolean,
	) {
		this.fingerprint = contentFingerprint(write.content);
		this.marks = new WriteMarks(memory, write, this.fingerprint);
		this.mine = known.get(write.key);
	}

	async isKnownAsDone() {
		return this.mine === undefined ? await this.marks.isDone() : this.mine.state === 'done';
	}

	remember(state: KnownWrite['state'], object = this.mine?.object) {
		if (this.isRehearsal) return;
		const at = this.mine?.at ?? clock.now();
		keepNewest(this.known, this.write.key, { fingerprint: this.fingerprint, state, at, object }, MOST_KNOWN);
		for (const { key, content } of this.write.claims ?? [])
			keepNewest(this.known, key, { fingerprint: contentFingerprint(content), state, at }, MOST_KNOWN);
	}

	/** Nothing was sent, or the API said no: the reference is free, unless an earlier call used it. */
	async forget() {
		await this.marks.forget();
		if (this.mine === undefined) this.known.delete(this.write.key);
	}

	/** A look after a call: it shows nothing where the list cannot be read. */
	async lookQuietly(recall: Recall): Promise<readonly Shown[]> {
		return await this.write.look(recall).catch(() => []);
	}

	async lookForSeconds(state: Recall['state']): Promise<readonly Shown[]> {
		let shown: readonly Shown[] = [];
		for (const waitMs of LOOKS_AFTER_MS) {
			await clock.sleep(waitMs);
			shown = await this.lookQuietly({ state, object: this.mine?.object });
			if (shown.some(({ conflict }) => conflict === undefined)) break;
		}
		return shown;
	}

	/** Known as sent, and not shown, or shown as something else, or the list that would show it cannot be read. */
	async stop(why: Pick<NonNullable<ApiResponse['sentBefore']>, 'isUnreadable' | 'conflict'> = {}): Promise<ApiResponse> {
		const { mine, marks, write } = this;
		const day = mine === undefined ? await marks.dayOfSend() : dayOf(mine.at);
		const sentBefore = { name: write.name, day, isDone: await this.isKnownAsDone(), ...why };
		return { status: 0, headers: {}, body: undefined, outcome: 'unknown', sentBefore };
	}

	/** The API has executed the write. */
	async done(answer: ApiResponse, shown?: Shown): Promise<ApiResponse> {
		await this.marks.keepDone(shown?.object.id);
		this.remember('done', shown?.object);
		return { ...answer, receiptDetails: { ...answer.receiptDetails, madeHere: true, ...shown?.remarks } };
	}
}
