import { dateTime } from '../../shared/fields/date';

export const modifiedFrom = dateTime({
	label: 'Modified From',
	description: 'Only what was created or changed at this time or later',
	example: '2026-01-01T00:00:00Z',
});
