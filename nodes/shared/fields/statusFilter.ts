import { UserError } from '../core/userError';
import { text } from './text';

const OTHER = 'other';

/**
 * Filters by a status: a list of those that the contract shows, by value and label, and a field for any other. An expression may
 * give every status.
 */
export function statusFilter<K extends string>(description: string, statuses: Record<K, string>) {
	const options = Object.entries<string>({ ...statuses, [OTHER]: 'Other…' }).map(([value, name]) => ({ name, value }));
	const [{ value: first }] = options;
	const field = text({ label: 'Status', description, example: first });
	return {
		status: { ...field, property: { ...field.property, placeholder: undefined, type: 'options' as const, options, default: first } },
		otherStatus: text({
			label: 'Other Status',
			description: "A status that the list does not have, as the API writes it. It is used in place of 'Status'.",
			example: first,
		}),
	};
}

/** The status to filter by. Throws a UserError where 'Other…' is chosen and none is named. */
export function statusOf({ status, otherStatus }: { readonly status?: string; readonly otherStatus?: string }): string | undefined {
	if (otherStatus !== undefined || status !== OTHER) return otherStatus ?? status;
	throw new UserError(
		"'Status' is Other…, and 'Other Status' is missing",
		"Add the filter 'Other Status', or choose a status from the list.",
	);
}
