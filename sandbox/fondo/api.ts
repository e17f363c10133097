import type { operations } from '../../contracts/fondo';
import { type Api, handlerNamed, type Handlers } from '../http/api';
import { loadContract } from '../http/contract';
import { isFields } from '../vendors/writeFields';
import { administrationHandlers } from './administration';
import { authHandlers, authorize, unauthorized } from './auth';
import type { FondoContext } from './context';
import { journeyHandlers } from './journeys';
import { orderHandlers } from './orders';
import { paymentHandlers } from './payments';
import { readHandlers } from './reads';
import { readFondo, showFondo } from './vendorFields';

const handlers: Handlers<operations, FondoContext> = {
	...authHandlers,
	...readHandlers,
	...administrationHandlers,
	...orderHandlers,
	...paymentHandlers,
	...journeyHandlers,
};

export async function fondoApi(): Promise<Api<FondoContext>> {
	return {
		name: 'fondo',
		contract: await loadContract('fondo', '/'),
		handler: (operationId) => handlerNamed(handlers, operationId),
		errorResponse: ({ status, code, message, headers }) => ({
			status,
			body: { error: code, error_description: message },
			headers,
		}),
		authorize,
		unauthorized,
		isToken: (operationId) => operationId === 'authToken',
		show: showFondo,
		read: readFondo,
		isCheck: ({ query }) => isFields(query) && query['validate-only'] === 'true',
	};
}
