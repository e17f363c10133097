import { dateTime } from '../shared/fields/date';
import { withCheck } from '../shared/fields/field';
import { text } from '../shared/fields/text';
import { personalNumber } from '../shared/swedish/identityNumber';

export const modifiedFrom = dateTime({
	label: 'Modified From',
	description: 'Only what was created or changed at this time or later',
	example: '2026-01-01T00:00:00Z',
});

export const executorRef = withCheck(
	personalNumber,
	text({
		label: 'Executor Personal Number',
		description: 'Personal number of the person who orders this under power of attorney',
		example: '191212121212',
	}),
);

export const ref = text({
	label: 'Cause',
	description: 'Only transactions caused by the object with this identifier, e.g. an order',
	example: 'de9b6d5e-bda0-44f6-9193-f241014f18d5',
});

export const refType = text({
	label: 'Cause Type',
	description: 'Only transactions with this kind of cause, e.g. order, payment or internal',
	example: 'order',
});
