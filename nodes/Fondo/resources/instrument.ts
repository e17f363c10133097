import { withCheck } from '../../shared/fields/field';
import { bySortedIdIfAny } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { instrumentId } from '../../shared/swedish/isin';
import { locator, operation } from '../contract';

export const instrumentLocator = withCheck(
	instrumentId,
	locator('GET /v2/partner/instrument', {
		label: 'Instrument',
		description: 'The fund, in one currency. Search by name or ISIN.',
		example: 'SE0001862426SEK',
		paging: bySortedIdIfAny,
		show: ({ name, id }) => ({ name: `${String(name)} (${String(id)})`, value: id }),
	}),
);

export const simpleInstrument: SimpleFields = {
	id: 'id',
	isin: 'isincode',
	name: 'name',
	currency: 'currency',
	closePrice: 'closePrice',
	priceDate: 'priceDate',
	isBuyable: 'isBuyable',
	isSellable: 'isSellable',
};

export const instrument: Resource = {
	name: 'Instrument',
	operations: {
		get: operation('GET /v2/partner/instrument/{instrument_id}', {
			name: 'Get',
			action: 'Get an instrument',
			description: 'Retrieve one fund with its latest price and trading rules',
			fields: { instrument: instrumentLocator },
			request: ({ instrument }) => ({ path: { instrument_id: instrument } }),
			simple: simpleInstrument,
		}),

		getMany: operation('GET /v2/partner/instrument', {
			name: 'Get Many',
			action: 'Get many instruments',
			description: 'List the funds of the platform',
			fields: {},
			request: () => ({}),
			output: many(bySortedIdIfAny),
			simple: simpleInstrument,
		}),
	},
};
