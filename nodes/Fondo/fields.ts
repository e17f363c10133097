import { dateTime } from '../shared/fields/date';
import { withCheck } from '../shared/fields/field';
import { code, text } from '../shared/fields/text';
import { personalNumber } from '../shared/swedish/identityNumber';

export const modifiedFrom = dateTime({
	label: 'Modified From',
	description: 'Only what was created or changed at this time or later',
	example: '2026-01-01T00:00:00Z',
});

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Fondo's documentation calls it an ID or a reference (contracts/NOTES.md), so the ID of a person passes unchecked. */
export const executorRef = withCheck(
	(executor) => (UUID.test(executor) ? undefined : personalNumber(executor)),
	code({
		label: 'Executor Personal Number or ID',
		description: 'Personal number, or ID at Fondo, of the person who orders this under power of attorney',
		example: '191212121212',
	}),
);

export const ref = text({
	label: 'Cause',
	description: 'Only transactions caused by the object with this ID, e.g. an order',
	example: 'de9b6d5e-bda0-44f6-9193-f241014f18d5',
});

export const refType = text({
	label: 'Cause Type',
	description: 'Only transactions with this kind of cause, e.g. order, payment or internal',
	example: 'order',
});
