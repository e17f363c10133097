import { instrumentId } from '../../shared/swedish/isin';
import { withCheck } from '../../shared/fields/field';
import { bySortedIdIfAny } from '../../shared/http/pagination';
import { locator } from '../contract';

export const instrument = withCheck(
	instrumentId,
	locator('GET /v2/partner/instrument', {
		label: 'Instrument',
		description: 'The fund, in one currency. Search by name or ISIN.',
		example: 'SE0001862426SEK',
		paging: bySortedIdIfAny,
		show: ({ name, id }) => ({ name: `${String(name)} (${String(id)})`, value: id }),
	}),
);
