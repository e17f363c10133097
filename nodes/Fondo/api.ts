import { fondoPlace } from '../../credentials/places';
import type { paths } from '../../contracts/fondo';
import { checkedBy } from '../shared/operation';
import type { Api } from '../shared/transport/client';
import { oncePerReference } from './oncePerReference';

export const fondo: Api = { credential: 'fondoApi', placeOf: fondoPlace, once: oncePerReference };

export const { operation, locator } = checkedBy<paths>();
