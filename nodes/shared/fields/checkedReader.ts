import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { CheckMode } from '../swedish/check';
import { CHECK_MODES } from '../swedish/check';
import { AMOUNT_FORMATS } from './amount';
import type { AmountFormat, Fields, Finding, ReadFinding, ValuesOf } from './field';
import type { RowPlace } from './readFields';
import { readFields } from './readFields';

/** Findings that one message quotes, and rows that it names beside them; users do not read more. */
const MAX_LISTED = 10;
const MAX_ROWS = 100;

/** An option of the run that is one of a closed set. Throws a UserError for another word. */
function optionOf<T extends string>(
	context: IExecuteFunctions,
	{ name, label, words, initial }: { name: string; label: string; words: Readonly<Record<T, string>>; initial: T },
): T {
	const given = (context.getNodeParameter('options', 0, {}) as IDataObject)[name] ?? initial;
	const word = Object.keys(words).find((one): one is T => one === given);
	if (word !== undefined) return word;
	throw new UserError(`'${label}': '${String(given)}' is not one of ${Object.keys(words).join(', ')}`, 'Correct or remove the option.');
}

/**
 * Reads fields and collects what is found, each message once. The option Swedish Checks says whether the finding of a check stops the
 * call, is a warning or does not count; a value that cannot be read always stops it.
 */
export function checkedReader(context: IExecuteFunctions) {
	const mode = optionOf<CheckMode>(context, { name: 'swedishChecks', label: 'Swedish Checks', words: CHECK_MODES, initial: 'stop' });
	const amountFormat = optionOf<AmountFormat>(context, {
		name: 'amountFormat',
		label: 'Amount Format',
		words: AMOUNT_FORMATS,
		initial: 'point',
	});
	const findings = new Map<string, Finding>();
	const add = (finding: Finding) => {
		if (!findings.has(finding.message)) findings.set(finding.message, finding);
	};
	let isComplete = true;
	/** A value that cannot be read is missing. */
	const addMissing = (finding: Omit<Finding, 'severity'>) => {
		isComplete = false;
		add({ ...finding, severity: 'stop' });
	};
	const onFinding = ({ from, ...finding }: ReadFinding) => {
		if (from === 'reading') addMissing(finding);
		else if (mode !== 'off') add({ ...finding, severity: from === 'check' && mode === 'stop' ? 'stop' : 'warning' });
	};
	const read = <F extends Fields>(fields: F, rawOf: (name: string) => unknown, row?: RowPlace): ValuesOf<F> =>
		readFields(fields, rawOf, { timezone: context.getTimezone(), amountFormat, onFinding }, row);
	return { read, add, addMissing, findings: () => [...findings.values()], isComplete: () => isComplete };
}

/** Throws one UserError that quotes the first findings that stop a call, and names the rows of the others. */
export function requireNoStop(findings: readonly Finding[]): void {
	const stops = findings.filter(({ severity }) => severity === 'stop');
	if (stops.length === 0) return;
	const quoted = stops.slice(0, MAX_LISTED).map(({ message }) => message);
	throw new UserError([...quoted, ...othersIn(stops.slice(MAX_LISTED))].join('; '), `Nothing was sent. ${stops[0].advice}`);
}

/** Findings that are not quoted, in words: how many, and in which rows. */
function othersIn(stops: readonly Finding[]): string[] {
	if (stops.length === 0) return [];
	const rows = [...new Set(stops.flatMap(({ row }) => row ?? []))].sort((one, other) => one - other);
	const named = rows.slice(0, MAX_ROWS).join(', ') + (rows.length > MAX_ROWS ? ' and more' : '');
	return [`and ${stops.length} more ${stops.length === 1 ? 'finding' : 'findings'}${rows.length === 0 ? '' : ` in rows ${named}`}`];
}
