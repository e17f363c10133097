import { fondoConnection } from './connection';
import rehearsals from '../../contracts/fondo.rehearsal.json';
import type { Api } from '../shared/client';
import { handOverOnce } from './handOverOnce';
import { oncePerReference } from './oncePerReference';

export const fondo: Api = {
	credential: 'fondoApi',
	connectionOf: fondoConnection,
	writes: (connection, memory) => [oncePerReference(connection, memory), handOverOnce(connection, memory)],
	rehearsals,
};
