import { finvisPlace } from '../../credentials/places';
import type { paths } from '../../contracts/finvis';
import { checkedBy } from '../shared/operation';
import type { Api } from '../shared/transport/client';
import { withKey } from '../shared/transport/idempotency';

export const finvis: Api = { credential: 'finvisApi', placeOf: finvisPlace, once: withKey };

export const { operation, locator } = checkedBy<paths>();
