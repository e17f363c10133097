import type { Api } from '../http/api';
import { loadContract } from '../http/contract';
import { handlerNamed } from '../http/operation';
import { authorize, unauthorized } from './auth';
import { handlers } from './handlers';

export async function fondoApi(): Promise<Api> {
	return {
		name: 'fondo',
		contract: await loadContract('fondo', '/'),
		handler: (operationId) => handlerNamed(handlers, operationId),
		refuse: ({ status, code, message, headers }) => ({
			status,
			body: { error: code, error_description: message },
			headers,
		}),
		authorize,
		unauthorized,
	};
}
