import { inOneCall } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { Resource } from '../../shared/resource';
import { operation, ofClient } from '../contract';
import { clientLocator } from './client';

export const custodian: Resource = {
	name: 'Custodian',
	operations: {
		getMany: operation('GET /v2/partner/client/{client_id}/custodian', {
			name: 'Get Many',
			action: 'Get many custodians',
			description: 'List the custodians from which holdings can be transferred',
			fields: { client: clientLocator },
			request: ofClient,
			output: many(inOneCall),
		}),
	},
};
