import type { Middleware } from '../../shared/http/request';
import { isOk } from '../../shared/http/request';
import { batchFingerprint } from './batch';

/** Puts into the receipt of a batch by what it is known again, for the step that submits or approves it. */
export const stamped: Middleware = (next) => async (request) => {
	const answer = await next(request);
	const { body } = answer;
	if (!request.route.startsWith('POST /payments/batches/') || !isOk(answer) || typeof body !== 'object' || body === null) return answer;
	const stamp = batchFingerprint({ ...body });
	return stamp === undefined ? answer : { ...answer, receiptDetails: { batchFingerprint: stamp } };
};
