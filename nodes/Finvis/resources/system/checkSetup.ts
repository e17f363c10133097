import { findings } from '../../../shared/output/findings';
import { operation } from '../../contract';
import { finvisFindings } from '../../diagnostics';

export const checkSetup = operation('GET /accounts/', {
	name: 'Check Setup',
	action: 'Check the setup of Finvis',
	description:
		'Look at host, clock, token, scopes, tenant, rate limit, webhook address and queue mode; an item per check says what to do. Writes nothing.',
	fields: {},
	request: () => ({}),
	output: findings(finvisFindings),
});
