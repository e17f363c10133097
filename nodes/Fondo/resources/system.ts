import { findings } from '../../shared/diagnostics/finding';
import type { Resource } from '../../shared/resource';
import { operation } from '../contract';
import { fondoFindings } from '../diagnostics';

export const system: Resource = {
	name: 'System',
	operations: {
		checkSetup: operation('GET /ping', {
			name: 'Check Setup',
			action: 'Check the setup of Fondo',
			description:
				'Check host, clock, token, scopes, the lists that orders and payouts need, rate limit, webhook address, event stream and queue mode. Makes at most 25 calls and writes nothing. Returns one item per check, with what to do.',
			fields: {},
			request: () => ({}),
			output: findings(fondoFindings),
		}),

		ping: operation('GET /ping', {
			name: 'Ping',
			action: 'Ping the Fondo server',
			description: 'Check whether Fondo can be reached. Returns the time of its clock.',
			fields: {},
			request: () => ({}),
		}),
	},
};
