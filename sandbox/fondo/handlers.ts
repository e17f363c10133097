import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/operation';
import { authHandlers } from './auth';
import { readHandlers } from './reads';

export const handlers: Handlers<operations> = {
	...authHandlers,
	...readHandlers,
};
