import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { CheckMode } from '../swedish/check';
import { CHECK_MODES } from '../swedish/check';
import { AMOUNT_FORMATS } from './amount';
import type { AmountFormat, Fields, ReadContext, ValuesOf } from './field';
import { readFields } from './readFields';

/** Findings that one message lists; users do not read more. */
const MAX_LISTED = 5;

const ADVICE = "Correct it, or choose Warn for 'Swedish Checks' in the options when you are sure that it is right.";

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

const summaryOf = (findings: readonly string[]) =>
	findings.slice(0, MAX_LISTED).join('; ') + (findings.length > MAX_LISTED ? `; and ${findings.length - MAX_LISTED} more findings` : '');

/**
 * A reader that checks values as the option Swedish Checks says. In mode `stop`, `read` throws a UserError with the findings; in mode
 * `warn` it adds them to `warnings`.
 */
export function checkedReader(context: IExecuteFunctions) {
	const mode = optionOf<CheckMode>(context, { name: 'swedishChecks', label: 'Swedish Checks', words: CHECK_MODES, initial: 'stop' });
	const amountFormat = optionOf<AmountFormat>(context, {
		name: 'amountFormat',
		label: 'Amount Format',
		words: AMOUNT_FORMATS,
		initial: 'point',
	});
	const warnings = new Set<string>();
	const read = <F extends Fields>(fields: F, rawOf: (name: string) => unknown, where = ''): ValuesOf<F> => {
		const findings: string[] = [];
		const onFinding: ReadContext['onFinding'] = (finding, severity) => {
			if (mode === 'stop' && severity === 'check') findings.push(finding);
			else warnings.add(finding);
		};
		const checks = mode === 'off' ? {} : { onFinding };
		const values = readFields(fields, rawOf, { timezone: context.getTimezone(), amountFormat, ...checks }, where);
		if (findings.length > 0) throw new UserError(summaryOf(findings), where === '' ? `Nothing was sent. ${ADVICE}` : ADVICE);
		return values;
	};
	return { read, warnings };
}
