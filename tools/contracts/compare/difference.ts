/** Where a value travels: to the API, or from it. An error answer is only read for its message. */
export type Side = 'request' | 'answer' | 'errorAnswer';

/**
 * How their side differs from ours: it allows more, less, or something else; or it has something that we do not use.
 * More does no harm to what we send, and less does no harm to what we receive.
 */
export type Change = 'wider' | 'narrower' | 'other' | 'added';

/** One difference at one place of a schema or an operation. */
export interface Finding {
	/** Path within the schema, or what of the operation differs. */
	readonly at: string;
	readonly aspect: string;
	readonly ours: string;
	readonly theirs: string;
	readonly change: Change;
}

/** One difference with every place that has it. */
export interface Difference extends Finding {
	readonly side: Side;
	/** Routes of our contract, or of theirs when we do not have the operation. */
	readonly routes: readonly string[];
	/** Name of the field or parameter; undefined when the difference is about a whole operation. */
	readonly field?: string;
}

const HARMLESS: Readonly<Record<Side, readonly Change[]>> = {
	request: ['added', 'wider'],
	answer: ['added', 'narrower'],
	errorAnswer: ['added', 'narrower'],
};

export const isHarmless = ({ side, change }: Pick<Difference, 'side' | 'change'>) => HARMLESS[side].includes(change);

/** Gathers findings: one that many places share, because they share a schema of ours, is one difference. */
export class Differences {
	private readonly byKey = new Map<string, Difference & { routes: string[] }>();

	/** `origin` tells apart what has the same words in two schemas of ours. */
	add(route: string, side: Side, finding: Finding, origin = '', field?: string) {
		const { at, aspect, ours, theirs } = finding;
		const key = JSON.stringify([side, origin || at, aspect, field ?? at, ours, theirs]);
		const known = this.byKey.get(key);
		if (!known) this.byKey.set(key, { ...finding, side, routes: [route], field });
		else if (!known.routes.includes(route)) known.routes.push(route);
	}

	all(): Difference[] {
		return [...this.byKey.values()];
	}
}
