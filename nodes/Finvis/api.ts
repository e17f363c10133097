import rehearsals from '../../contracts/finvis.rehearsal.json';
import type { Api } from '../shared/client';
import { withAccountIds } from './accountByIban';
import { finvisConnection } from './connection';
import { finvisWrites } from './writes';

export const finvis: Api = {
	name: 'Finvis',
	credential: 'finvisApi',
	connectionOf: finvisConnection,
	writes: finvisWrites,
	rehearsals,
	complete: withAccountIds,
};
