import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/operation';
import { administrationHandlers } from './administration';
import { authHandlers } from './auth';
import { journeyHandlers } from './journeys';
import { orderHandlers } from './orders';
import { payoutHandlers } from './payouts';
import { readHandlers } from './reads';

/** What is not here is answered with the contract's example. */
export const handlers: Handlers<operations> = {
	...authHandlers,
	...readHandlers,
	...administrationHandlers,
	...orderHandlers,
	...payoutHandlers,
	...journeyHandlers,
};
