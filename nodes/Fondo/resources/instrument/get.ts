import { operation } from '../../contract';
import { instrument } from '../../fields/instrument';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/instrument/{instrument_id}', {
	name: 'Get',
	action: 'Get an instrument',
	description: 'Retrieve one fund with its latest price and trading rules',
	fields: { instrument },
	request: ({ instrument }) => ({ path: { instrument_id: instrument } }),
	simple: simple.instrument,
});
