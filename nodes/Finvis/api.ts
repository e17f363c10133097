import { finvisPlace } from '../../credentials/places';
import rehearsals from '../../contracts/finvis.rehearsal.json';
import type { paths } from '../../contracts/finvis';
import { checkedBy } from '../shared/operation';
import type { Api } from '../shared/transport/client';
import { withKey } from '../shared/transport/idempotency';
import { controlled } from './controls/controlled';
import { stamped } from './controls/stamped';
import { oncePerReference } from './oncePerReference';

export const finvis: Api = {
	credential: 'finvisApi',
	placeOf: finvisPlace,
	once: (place, memory) => (next) => stamped(controlled(place, memory)(withKey(place)(oncePerReference(memory)(next)))),
	rehearsals,
};

export const { operation, locator } = checkedBy<paths>();
