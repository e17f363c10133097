import { finvisConnection } from './connection';
import rehearsals from '../../contracts/finvis.rehearsal.json';
import type { Api } from '../shared/client';
import { withKey } from '../shared/writes/idempotencyKey';
import { controlled, stamped } from './controls/controlled';
import { oncePerReference } from './oncePerReference';

export const finvis: Api = {
	credential: 'finvisApi',
	connectionOf: finvisConnection,
	writes: (connection, memory) => [stamped, controlled(connection, memory), withKey(connection), oncePerReference(memory)],
	rehearsals,
};
