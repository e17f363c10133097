import { optional, type Field } from '../../shared/fields/field';
import { UserError } from '../../shared/core/userError';

/** A year; beyond some thousand of them there are no dates. */
const MOST_HOURS = 8_760;

const hours: Field<number> = {
	property: {
		displayName: 'Wait at Most (Hours)',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0, numberPrecision: 2 },
		description:
			"After this time the workflow goes on with the outcome 'timeout', which can be led back here to look again: so a callback that got lost costs no more than this. 0 waits until the journey expires.",
	},
	example: 24,
	read: (value) => {
		const number = Number(value);
		return number >= 0 && number <= MOST_HOURS
			? number
			: new UserError(
					`'${String(value)}' is not a number of hours up to ${MOST_HOURS}`,
					'Give a number such as 24, or 0 to wait until the journey expires.',
				);
	},
};

export const waitLimit = optional(hours);
