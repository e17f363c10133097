import type { paths } from '../../contracts/fondo';
import { checkedBy } from '../shared/operation';

/** `operation` and `locator` of Fondo: the compiler checks routes, parameters and bodies against contracts/fondo.openapi.yaml. */
export const { operation, locator } = checkedBy<paths>();
