import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { CheckMode } from '../swedish/check';
import { CHECK_MODES, isCheckMode } from '../swedish/check';
import type { Fields, ValuesOf } from './field';
import { readFields } from './readFields';

/** Findings that one message lists; users do not read more. */
const MAX_LISTED = 5;

const ADVICE = "Correct it, or choose Warn for 'Swedish Checks' in the options when you are sure that it is right.";

function modeOf(context: IExecuteFunctions): CheckMode {
	const { swedishChecks = 'stop' } = context.getNodeParameter('options', 0, {}) as IDataObject;
	if (isCheckMode(swedishChecks)) return swedishChecks;
	throw new UserError(
		`'Swedish Checks': '${String(swedishChecks)}' is not one of ${Object.keys(CHECK_MODES).join(', ')}`,
		'Correct or remove the option.',
	);
}

const summaryOf = (findings: readonly string[]) =>
	findings.slice(0, MAX_LISTED).join('; ') + (findings.length > MAX_LISTED ? `; and ${findings.length - MAX_LISTED} more findings` : '');

/**
 * A reader that checks values as the option Swedish Checks says. In mode `stop`, `read` throws a UserError with the findings; in mode
 * `warn` it adds them to `warnings`.
 */
export function checkedReader(context: IExecuteFunctions) {
	const mode = modeOf(context);
	const warnings = new Set<string>();
	const read = <F extends Fields>(fields: F, rawOf: (name: string) => unknown, where = ''): ValuesOf<F> => {
		const findings: string[] = [];
		const onFinding = mode === 'off' ? undefined : (finding: string) => findings.push(finding);
		const values = readFields(fields, rawOf, { timezone: context.getTimezone(), onFinding }, where);
		if (mode === 'stop' && findings.length > 0)
			throw new UserError(summaryOf(findings), where === '' ? `Nothing was sent. ${ADVICE}` : ADVICE);
		findings.forEach((finding) => warnings.add(finding));
		return values;
	};
	return { read, warnings };
}
