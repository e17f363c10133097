import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/operation';
import { authHandlers } from './auth';
import { batchHandlers } from './batches';
import { readHandlers } from './reads';
import { reportHandlers } from './reports';
import { webhookHandlers } from './webhooks';

/** What is not here is answered with the contract's example. */
export const handlers: Handlers<operations> = {
	...authHandlers,
	...readHandlers,
	...batchHandlers,
	...reportHandlers,
	...webhookHandlers,
};
