import type { paths } from '../../contracts/fondo';
import { buildersFor } from '../shared/operation';

/** `operation` and `locator` of Fondo: the compiler checks routes, parameters and bodies against contracts/fondo.openapi.yaml. The write path adds `clientRef` from the reference. */
export const { operation, locator } = buildersFor<paths, 'clientRef'>();

/** The path of what belongs to a client. */
export const ofClient = ({ client }: Record<'client', string>) => ({ path: { client_id: client } });

/** The path of what belongs to an account of a client. */
export const ofAccount = ({ client, account }: Record<'client' | 'account', string>) => ({
	path: { client_id: client, account_id: account },
});
