import type { paths } from '../../contracts/finvis';
import { buildersFor } from '../shared/operation';

/** `operation` and `locator` of Finvis: the compiler checks routes, parameters and bodies against contracts/finvis.openapi.yaml. */
export const { operation, locator } = buildersFor<paths>();
