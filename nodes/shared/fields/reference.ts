import { foldLookAlikes } from '../core/lookAlikes';
import { plainText } from '../core/plainText';
import { referenceProblem } from '../core/reference';
import { UserError } from '../core/userError';
import { choice } from './choice';
import type { Field, Finding } from './field';
import { text } from './text';

const ADVICE = 'Change it to one line of at most 100 characters that belongs to this payment or batch alone, e.g. INV-2026-0042.';

/** One intent, one text: a value that is not the text that the user means could be the same for two payments. */
function referenceOf(value: unknown): string | UserError {
	const given = plainText(value);
	if (given instanceof UserError) return given;
	const problem = referenceProblem(given);
	return problem === undefined ? foldLookAlikes(given) : new UserError(problem, ADVICE);
}

/** Required on every operation that creates money movement: all repeats of the same intent are known by it. */
export const reference: Field<string> = {
	...text({
		label: 'Reference',
		description:
			'Your own unique reference, e.g. an invoice number. It is unique over all operations and clients of a credential, and it is never executed twice: not by Retry On Fail, not by running the workflow again, not by a webhook that arrives twice. Do not build it from the time or the execution.',
		example: 'INV-2026-0042',
	}),
	quotedAs: 'whole',
	read: referenceOf,
};

/**
 * Refuses a reference to which its expression adds nothing: `INV-{{ $json.number }}` is `INV-` for every item without a number, and
 * payments that are not the same would share it. `raw` is the parameter as n8n stores it.
 */
export function fixedReference(raw: unknown, value: unknown): Finding | undefined {
	if (typeof raw !== 'string' || !raw.startsWith('=') || !raw.includes('{{')) return undefined;
	if (value !== foldLookAlikes(raw.slice(1).replace(/\{\{.*?\}\}/gs, ''))) return undefined;
	const field = reference.property.displayName;
	const rule = `its expression gives nothing for this item; only '${String(value)}' is left`;
	return {
		field,
		rule,
		message: `'${field}': ${rule}`,
		advice: 'A field that the expression reads is missing or empty: correct its name, or fill it in.',
		severity: 'stop',
	};
}

/** What happens when this node has sent a write before and the API does not show it. */
export const ifSentBefore = choice({
	label: 'If Sent Before but Not Shown',
	description:
		'What to do when this node has sent this before and the API does not show it. Stop: nothing is sent. Send Again: it is sent once more; choose it only after you have looked at the API and it is not there, because it may be executed twice.',
	options: { send: 'Send Again', stop: 'Stop' },
	initial: 'stop',
});

/** What a reference is unique for. */
export const referenceScope = choice({
	label: 'Reference Unique For',
	description:
		'What a reference is unique for. Credential: over all operations and clients of the credential. Operation: for this operation and the objects that it names, so that an order and a payout may share a reference.',
	options: { credential: 'Credential', operation: 'Operation' },
	initial: 'credential',
});
