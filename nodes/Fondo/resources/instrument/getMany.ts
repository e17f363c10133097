import { many } from '../../../shared/output/many';
import { bySortedIdIfAny } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import * as simple from '../../fields/simple';

export const getMany = operation('GET /v2/partner/instrument', {
	name: 'Get Many',
	action: 'Get many instruments',
	description: 'List the funds of the platform',
	fields: {},
	request: () => ({}),
	output: many(bySortedIdIfAny),
	simple: simple.instrument,
});
