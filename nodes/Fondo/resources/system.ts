import { findings } from '../../shared/diagnostics/finding';
import type { Resource } from '../../shared/resource';
import { operation } from '../contract';
import { fondoFindings } from '../diagnostics';
import { learnFondo } from '../learn';

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

		learnShapes: operation('GET /ping', {
			name: 'Learn Shapes',
			action: 'Learn how the answers of Fondo differ from the contract',
			description:
				'Read one page of each list and one object of each kind, and compare them with what this package expects. Makes at most 40 calls and writes nothing. Returns a summary with a file, and one item per difference, without any value of the answers.',
			fields: {},
			request: () => ({}),
			output: learnFondo,
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
