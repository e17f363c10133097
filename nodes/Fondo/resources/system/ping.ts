import { operation } from '../../contract';

export const ping = operation('GET /ping', {
	name: 'Ping',
	action: 'Ping the Fondo server',
	description: 'Ask whether Fondo can be reached; it answers with the time of its clock',
	fields: {},
	request: () => ({}),
});
