/** What the API shows under a reference before anything is sent, and whether it is this write's own. */
import { UserError } from '../core/userError';
import type { ApiResponse } from '../http/request';
import { OTHER_CONTENT, type Attempt } from './attempt';
import { referenceConflict } from './diff';
import { ListUnavailableError } from './requireList';
import type { Shown } from './write';

/** The answer of the write where the API shows it already, or where it must not be sent. */
export async function look(attempt: Attempt): Promise<ApiResponse | undefined> {
	const { write, mine, marks } = attempt;
	const shown = await write.look(mine ?? { state: 'nothing' }).catch(async (error: unknown) => {
		// What was sent before is not called rejected because it cannot be looked up today.
		const isReadError = !(error instanceof UserError);
		if (isReadError && (mine !== undefined || (await marks.isSent()))) return await attempt.stop({ isUnreadable: true });
		if (error instanceof ListUnavailableError) return { ...error.response, notSent: true };
		throw error;
	});
	if ('status' in shown) return shown;
	return shown.length === 0 ? undefined : await found(attempt, shown);
}

/** Reports an object that is there, where it is this write's own and what is asked for. */
export async function found(attempt: Attempt, all: readonly Shown[]): Promise<ApiResponse> {
	const { write, marks, mine } = attempt;
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
	if (conflict !== undefined && (mine !== undefined || (isSent && isSame))) return await attempt.stop({ conflict });
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
	attempt.remember('done', object);
	if (madeHere && !isSent) await marks.keepFound(object.id);
	return { status: 200, headers: {}, body: object, outcome: 'found', receiptDetails: { madeHere, ...remarks } };
}

/**
 * The object of this write among those under its reference: one that the record knows by its ID, else the one that proves it
 * and is what is asked for, else the last. An object that is not dead goes first. Undefined if several prove it equally.
 */
export function ownAmong(all: readonly Shown[], isMade: (id: unknown) => boolean): Shown | undefined {
	const best = (some: readonly Shown[]) => some.filter(({ dead }) => dead === undefined).at(-1) ?? some.at(-1);
	const made = all.filter(({ object }) => isMade(object.id));
	if (made.length > 0) return best(made);
	const fitting = all.filter(({ isProven, conflict }) => isProven && conflict === undefined);
	if (fitting.filter(({ dead }) => dead === undefined).length > 1) return undefined;
	return best(fitting.length > 0 ? fitting : all);
}
