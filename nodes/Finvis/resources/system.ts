import { findings } from '../../shared/diagnostics/finding';
import type { Resource } from '../../shared/resource';
import { operation } from '../contract';
import { finvisFindings } from '../diagnostics';

export const system: Resource = {
	name: 'System',
	operations: {
		checkSetup: operation('GET /accounts/', {
			name: 'Check Setup',
			action: 'Check the setup of Finvis',
			description:
				'Check host, clock, token, scopes, the list that payment batches need, tenant, rate limit, webhooks and queue mode. Makes at most 25 calls and writes nothing. Returns one item per check, with what to do.',
			fields: {},
			request: () => ({}),
			output: findings(finvisFindings),
		}),
	},
};
