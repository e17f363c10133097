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
				'Check host, clock, token, scopes, tenant, rate limit, webhook address and queue mode. Returns one item per check, with what to do.',
			fields: {},
			request: () => ({}),
			output: findings(finvisFindings),
		}),
	},
};
