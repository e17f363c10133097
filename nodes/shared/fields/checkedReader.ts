import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Fields, ReadContext, ValuesOf } from './field';
import { readFields } from './read';
import { UserError } from '../core/userError';
import { isCheckMode, CHECK_MODES } from '../swedish/modes';
import type { CheckMode } from '../swedish/modes';

/** Findings named in one refusal; more would not be read. */
const MOST_NAMED = 5;

const ADVICE = "Correct it, or choose Warn for 'Swedish Checks' in the options when you are sure that it is right.";

function modeOf(context: IExecuteFunctions): CheckMode {
	const { swedishChecks = 'stop' } = context.getNodeParameter('options', 0, {}) as IDataObject;
	if (isCheckMode(swedishChecks)) return swedishChecks;
	throw new UserError(
		`'Swedish Checks': '${String(swedishChecks)}' is not one of ${Object.keys(CHECK_MODES).join(', ')}`,
		'Correct or remove the option.',
	);
}

const named = (findings: readonly string[]) =>
	findings.slice(0, MOST_NAMED).join('; ') + (findings.length > MOST_NAMED ? `; and ${findings.length - MOST_NAMED} more findings` : '');

/** Reads fields and has their values checked, as the option says; what was found but let through is gathered in `warnings`. */
export function checkedReader(context: IExecuteFunctions) {
	const mode = modeOf(context);
	const warnings = new Set<string>();
	const read = <F extends Fields>(fields: F, rawOf: (name: string) => unknown, where = ''): ValuesOf<F> => {
		const findings: string[] = [];
		const found = mode === 'off' ? undefined : (finding: string) => findings.push(finding);
		const values = readFields(fields, rawOf, { timezone: context.getTimezone(), found } satisfies ReadContext, where);
		if (mode === 'stop' && findings.length > 0) throw new UserError(named(findings), where === '' ? `Nothing was sent. ${ADVICE}` : ADVICE);
		findings.forEach((finding) => warnings.add(finding));
		return values;
	};
	return { read, warnings };
}
