import type { Api } from '../http/api';
import { loadContract } from '../http/contract';
import { handlerNamed, type Answer } from '../http/operation';
import { Refusal } from '../http/refusal';
import type { World } from '../world';
import { authorize, TOKEN_CALLS, unauthorized } from './auth';
import { handlers } from './handlers';

export async function finvisApi(): Promise<Api> {
	return {
		name: 'finvis',
		contract: await loadContract('finvis', '/public'),
		handler: (operationId) => handlerNamed(handlers, operationId),
		refuse,
		authorize,
		unauthorized,
		reshape: bare,
		around: async (handle, call, method, path, world) => {
			const key = call.headers['idempotency-key'];
			if (typeof key !== 'string' || method === 'GET' || call.grant.clientId === '') return handle(call, world);
			if (key.trim() === '') throw new Refusal(400, 'invalid', 'Idempotency-Key must not be empty');
			const request = `${method} ${path.replace(/(.)\/+$/, '$1')}`;
			return world.idempotency.once(`${call.grant.tenantId} ${key}`, request, call.body, () => handle(call, world));
		},
	};
}

/** By setting, lists lose their wrapping. */
function bare(answer: Answer, world: World): Answer {
	const { body } = answer;
	if (world.settings.finvis.list !== 'bare' || typeof body !== 'object' || body === null) return answer;
	return 'results' in body ? { ...answer, body: body.results } : answer;
}

function refuse({ status, code, message, headers }: Refusal, operationId = ''): Answer {
	// Token calls speak the error shape of OAuth, the others that of Finvis.
	const body = TOKEN_CALLS.includes(operationId)
		? { error: code, error_description: message }
		: { detail: message, code: code === 'invalid_request' ? 'invalid' : code };
	return { status, body, headers };
}
