import { UserError } from '../core/userError';
import type { Field } from './field';
import { text } from './text';

const ADVICE =
	'Nothing was sent. Give one unique text for each payment, e.g. an invoice number; in a spreadsheet format the column as text.';

/** One intent, one text: what JavaScript has rounded or cannot write down would be the same for different payments. */
function referenceOf(value: unknown): string | UserError {
	if (typeof value === 'object' || typeof value === 'boolean') return new UserError('is not a text', ADVICE);
	if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
		return new UserError('a number of so many digits was rounded before it came here', ADVICE);
	// Letters such as ä can be written in two ways that look alike.
	return String(value).trim().normalize('NFC');
}

/** Required on every operation that creates money movement: all repeats of the same intent are known by it. */
export const reference: Field<string> = {
	...text({
		label: 'Reference',
		description:
			'Your own unique reference, e.g. an invoice number. The same reference is never executed twice: not by Retry On Fail, not by running the workflow again, not by a webhook that arrives twice. Do not build it from the time or the execution.',
		example: 'INV-2026-0042',
	}),
	read: referenceOf,
};
