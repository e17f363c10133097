/** The marks that a write leaves in n8n's memory: that it was sent, with which content, on which day, and that the API executed it. */
import { randomUUID } from 'crypto';
import { clock } from '../core/clock';
import { UserError } from '../core/userError';
import { contentFingerprint } from './canonical';
import type { Memory } from './memory';
import { marksSet, takeAway } from './memory';
import { areAllSet, isProvenIn, provenAmong, verify, withLooking } from './proofOfMarks';
import type { Claim, Write } from './write';

const DAY_MS = 86_400_000;
/** How far back the day of an earlier send is looked for, and how many days one look asks for: a full memory loses as many other marks. */
const MOST_DAYS = 405;
const DAYS_A_LOOK = 45;

export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** `sent` says that a call went out, `same` with which content. */
const namesOf = ({ key }: Claim, fingerprint: string) => ({ sent: `${key} sent`, same: `${key} ${fingerprint.slice(0, 32)}` });

export type Begun = 'first' | 'sent before' | 'other content' | 'unavailable' | { readonly claimUsed: string };

/** What the marks say of objects that an API shows. */
export interface Evidence {
	readonly isSent: boolean;
	/** Marks of this version, or of version 0.1.0. */
	readonly isSame: boolean;
	readonly isLegacy: boolean;
	readonly isMade: (id: unknown) => boolean;
	/** A further reference that a call has used, and one that a call with other content has used. */
	readonly usedClaim?: Claim;
	readonly foreignClaim?: Claim;
}

/** The marks of one write in n8n's memory. They are for good, and go only when the API says no. */
export class WriteMarks {
	private readonly claims: readonly Claim[];
	private readonly own: ReturnType<typeof namesOf>;
	private readonly claimed: ReadonlyArray<ReturnType<typeof namesOf>>;
	private readonly done: string;
	/** The marks that `begin` has set; those among them that no other write has set before are its own. */
	private begun: readonly string[] = [];
	private begunFirst: readonly string[] = [];

	constructor(
		private readonly memory: Memory,
		private readonly write: Write,
		fingerprint: string,
	) {
		const { claims = [], key } = write;
		this.claims = claims;
		this.own = namesOf(write, fingerprint);
		this.claimed = claims.map((claim) => namesOf(claim, contentFingerprint(claim.content)));
		this.done = `${key} done`;
	}

	/**
	 * Marks that the call begins. A mark of its own shows which of two processes came last, and that one goes on. Every mark is
	 * verified after writing, because another process may have written the row over it.
	 */
	async begin(): Promise<Begun> {
		const { memory, own, legacy } = this;
		const owner = memory.settlingMs > 0 ? [`${own.sent} by ${randomUUID()}`] : [];
		const begun = [own.sent, own.same, this.day(clock.now()), ...this.claimedNames];
		const all = [...begun, ...legacy, ...owner];
		const before = await memory.mark(all);
		if (before === undefined) return 'unavailable';
		const undo = async () =>
			await takeAway(
				memory,
				all.filter((mark) => !before.has(mark)),
			);
		const { isSent, isSame, usedClaim } = this.evidenceIn(before);
		if (isSent || usedClaim !== undefined) {
			await undo();
			if (isSent) return isSame ? 'sent before' : 'other content';
			return { claimUsed: usedClaim?.name ?? '' };
		}
		if (legacy.length > 0) await memory.forget(legacy);
		const kept = await verify(memory, [own.sent, own.same], owner);
		if (kept === 'kept' || kept === 'other process') {
			if (owner.length > 0) await memory.forget(owner);
			if (kept === 'other process') return 'sent before';
			this.begun = begun;
			this.begunFirst = begun.filter((mark) => !before.has(mark));
			return 'first';
		}
		await undo();
		if (kept === 'unavailable') return kept;
		throw new UserError('n8n did not remember what was to be sent', 'Nothing was sent. Run this again.');
	}

	/** Takes away what `begin` has set: nothing was sent, or the API said no. */
	async forget(): Promise<void> {
		await takeAway(this.memory, this.begunFirst);
	}

	/** Sets the marks of a sent call again, because another process may have written over them meanwhile. */
	async keepSent(): Promise<void> {
		await this.memory.mark([...this.begun, this.own.sent, this.own.same]);
	}

	/** Keeps that the API executed the call: by the ID of what it made where that matters, else by the write. */
	async keepDone(id: unknown): Promise<void> {
		const done = this.write.needsEvidence && id !== undefined ? this.made(id) : this.done;
		await this.memory.mark([...this.begun, this.own.sent, this.own.same, done]);
	}

	/** Keeps an object that the API shows, where the marks are gone. */
	async keepFound(id: unknown): Promise<void> {
		await this.memory.mark([this.own.sent, this.own.same, this.made(id)]);
	}

	/** In this order: if n8n dies in a look, the mark that it leaves behind must not look like other content under the reference. */
	isSent = async () => await areAllSet(this.memory, [this.own.same, this.own.sent]);
	isDone = async () => (await this.areProven([this.done])) || (await this.areProven(this.write.before?.done ?? []));

	/** What n8n remembers of this write, and of the objects with these IDs. */
	async evidence(ids: readonly unknown[]): Promise<Evidence> {
		const { own, legacy, claimedNames } = this;
		const asked = [own.sent, own.same, ...legacy, ...claimedNames, ...withLooking(ids.map(this.made))];
		return this.evidenceIn(await marksSet(this.memory, asked));
	}

	private evidenceIn(set: ReadonlySet<string>): Evidence {
		const { own, claimed, claims } = this;
		const [wasSent = false, wasSame = false] = this.legacy.map((mark) => set.has(mark));
		return {
			isSent: set.has(own.sent) || wasSent,
			isSame: set.has(own.same) || wasSame,
			isLegacy: wasSent && wasSame,
			isMade: (id) => isProvenIn(set, this.made(id)),
			usedClaim: claims.find(({ isShared }, index) => set.has(claimed[index].sent) && !(isShared && set.has(claimed[index].same))),
			foreignClaim: claims.find((_, index) => set.has(claimed[index].sent) && !set.has(claimed[index].same)),
		};
	}

	/** The UTC day on which the write was sent, the latest first; undefined when it is too long ago. */
	async dayOfSend(): Promise<string | undefined> {
		for (let back = 0; back < MOST_DAYS; back += DAYS_A_LOOK) {
			const times = Array.from({ length: DAYS_A_LOOK }, (_, index) => clock.now() - (back + index) * DAY_MS);
			const set = await marksSet(
				this.memory,
				times.map((time) => this.day(time)),
			);
			const time = times.find((one) => set.has(this.day(one)));
			if (time !== undefined) return dayOf(time);
		}
		return undefined;
	}

	private async areProven(marks: readonly string[]): Promise<boolean> {
		return marks.length > 0 && (await provenAmong(this.memory, marks)).length === marks.length;
	}

	/** Marks of version 0.1.0: sent, and sent with this content. */
	private get legacy(): readonly string[] {
		const { before } = this.write;
		return before === undefined ? [] : [before.sent, before.same];
	}

	private get claimedNames(): readonly string[] {
		return this.claimed.flatMap(({ sent, same }) => [sent, same]);
	}

	private made = (id: unknown) => `${this.write.key} made ${String(id)}`;
	private day = (time: number) => `${this.write.key} on ${dayOf(time)}`;
}
