import { notRequired, type Field } from '../../shared/fields/field';
import { Refusal } from '../../shared/transport/refusal';

const hours: Field<number> = {
	property: {
		displayName: 'Wait at Most (Hours)',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0, numberPrecision: 2 },
		description:
			"After this time the workflow goes on with the outcome 'timeout'. 0 waits until the journey expires. n8n can be up to a minute late.",
	},
	example: 24,
	read: (value) => {
		const number = Number(value);
		return Number.isFinite(number) && number >= 0
			? number
			: new Refusal(`'${String(value)}' is not a number of hours`, 'Give a number such as 24, or 0 to wait until the journey expires.');
	},
};

export const waitLimit = notRequired(hours);
