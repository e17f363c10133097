import { fondoPlace } from '../../credentials/places';
import rehearsals from '../../contracts/fondo.rehearsal.json';
import type { paths } from '../../contracts/fondo';
import { checkedBy } from '../shared/operation';
import type { Api } from '../shared/transport/client';
import { handOverOnce } from './handOverOnce';
import { oncePerReference } from './oncePerReference';

export const fondo: Api = {
	credential: 'fondoApi',
	placeOf: fondoPlace,
	once: (place, memory) => (next) => oncePerReference(place, memory)(handOverOnce(place, memory)(next)),
	rehearsals,
};

export const { operation, locator } = checkedBy<paths>();
