import rehearsals from '../../contracts/fondo.rehearsal.json';
import type { Api } from '../shared/client';
import { fondoConnection } from './connection';
import { fondoWrites } from './writes';

export const fondo: Api = { name: 'Fondo', credential: 'fondoApi', connectionOf: fondoConnection, writes: fondoWrites, rehearsals };
