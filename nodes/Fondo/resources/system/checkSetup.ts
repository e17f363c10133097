import { findings } from '../../../shared/output/findings';
import { operation } from '../../contract';
import { fondoFindings } from '../../diagnostics';

export const checkSetup = operation('GET /ping', {
	name: 'Check Setup',
	action: 'Check the setup of Fondo',
	description:
		'Look at host, clock, token, scopes, webhook address, event stream and queue mode; an item per check says what to do. Writes nothing.',
	fields: {},
	request: () => ({}),
	output: findings(fondoFindings),
});
