import { instrumentId } from '../../shared/checks/isin';
import { checked } from '../../shared/fields/field';
import { bySortedIdIfAny } from '../../shared/transport/pages';
import { locator } from '../api';

export const instrument = checked(
	instrumentId,
	locator('GET /v2/partner/instrument', {
		label: 'Instrument',
		description: 'The fund, in one currency. Search by name or ISIN.',
		example: 'SE0001862426SEK',
		paging: bySortedIdIfAny,
		show: ({ name, id }) => ({ name: `${String(name)} (${String(id)})`, value: id }),
	}),
);
