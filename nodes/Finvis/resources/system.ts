import { findings } from '../../shared/diagnostics/finding';
import type { Resource } from '../../shared/resource';
import { operation } from '../contract';
import { finvisFindings } from '../diagnostics';
import { learnFinvis } from '../learn';

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

		learnShapes: operation('GET /accounts/', {
			name: 'Learn Shapes',
			action: 'Learn how the answers of Finvis differ from the contract',
			description:
				'Read one page of each list and one object of each kind, and compare them with what this package expects. Makes at most 20 calls and writes nothing. Returns a summary with a file, and one item per difference, without any value of the answers.',
			fields: {},
			request: () => ({}),
			output: learnFinvis,
		}),
	},
};
