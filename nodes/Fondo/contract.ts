import type { paths } from '../../contracts/fondo';
import { buildersFor } from '../shared/operation';

/** `operation` and `locator` of Fondo: the compiler checks routes, parameters and bodies against contracts/fondo.openapi.yaml. The write path adds `clientRef` from the reference. */
export const { operation, locator } = buildersFor<paths, 'clientRef'>();
