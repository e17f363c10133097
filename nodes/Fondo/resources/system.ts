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
				'Look at host, clock, token, scopes, webhook address, event stream and queue mode; an item per check says what to do. Writes nothing.',
			fields: {},
			request: () => ({}),
			output: findings(fondoFindings),
		}),

		ping: operation('GET /ping', {
			name: 'Ping',
			action: 'Ping the Fondo server',
			description: 'Ask whether Fondo can be reached; it answers with the time of its clock',
			fields: {},
			request: () => ({}),
		}),
	},
};
