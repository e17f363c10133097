import { isHarmless, type Difference } from './difference';
import type { Touches } from './touches';

export type Severity = 'money' | 'fails' | 'new';

/** A difference with what it means here, as `--json` prints it. */
export interface Reported extends Difference, Touches {
	readonly severity: Severity;
	readonly line: string;
}

const TITLES: Readonly<Record<Severity, string>> = {
	money: 'Money could be affected',
	fails: 'An operation fails, or shows less',
	new: 'New, or without effect on the nodes',
};
const MOST = 3;

/** An answer to an error moves no money. What only adds, or asks and gives within what we know, changes nothing. */
function severityOf(difference: Difference, { isMoney, operations, sources }: Touches): Severity {
	if (isHarmless(difference)) return 'new';
	if (difference.aspect === 'server') return 'fails';
	if (operations.length === 0 && sources.length === 0) return 'new';
	return isMoney && difference.side !== 'errorAnswer' ? 'money' : 'fails';
}

const some = (what: string, all: readonly string[]) => {
	const rest = all.length - MOST;
	return all.length === 0 ? [] : [`${what} ${all.slice(0, MOST).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
};

const said = (text: string) => (text === 'there' ? 'has it' : text.startsWith('no such ') ? `has ${text}` : `says ${text}`);

function lineOf({ at, aspect, ours, theirs, routes }: Difference, touches: Touches): string {
	const [first = '', ...others] = routes;
	const where = [`${first}${others.length > 0 ? ` and ${others.length} more` : ''}`, at].filter(Boolean).join(', ');
	const about = touches.names.length > 0 || touches.sources.length > 0 ? touches : undefined;
	const touched = about && [
		...some('operations', about.names),
		...some('fields', about.fields),
		...(about.names.length === 0 ? some('source', about.sources) : []),
		...some('tests', about.tests),
		...some('docs', about.docs),
	];
	const subject =
		at.endsWith(aspect) || ['field', 'parameter', 'status', 'header', 'slash', 'server'].includes(aspect) ? '' : ` (${aspect})`;
	return `${where}${subject}: ours ${said(ours)}, theirs ${said(theirs)}. Touches ${touched?.join('; ') ?? 'nothing of the nodes'}.`;
}

export function reportOn(difference: Difference, touches: Touches): Reported {
	return { ...difference, ...touches, severity: severityOf(difference, touches), line: lineOf(difference, touches) };
}

const isOf = (severity: Severity) => (reported: Reported) => reported.severity === severity;

/** The lines of one file, the most serious first. */
export function textOf(name: string, contract: string, reported: readonly Reported[]): string {
	const groups = (['money', 'fails', 'new'] as const).flatMap((severity) => {
		const lines = reported.filter(isOf(severity)).map(({ line }) => `  - ${line}`);
		return lines.length === 0 ? [] : [`\n${TITLES[severity]} (${lines.length})`, ...lines];
	});
	return [`${name}, compared with ${contract}: ${groups.length === 0 ? 'equal' : `${reported.length} differences`}`, ...groups].join('\n');
}
