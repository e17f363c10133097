import type { Field } from './field';
import { text } from './text';

/** Required on every operation that creates money movement: all repeats of the same intent are known by it. */
export const reference: Field<string> = text({
	label: 'Reference',
	description:
		'Your own unique reference, e.g. an invoice number. The same reference is never executed twice: not by Retry On Fail, not by running the workflow again, not by a webhook that arrives twice. Do not build it from the time or the execution.',
	example: 'INV-2026-0042',
});
