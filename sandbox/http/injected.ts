import type { Fault } from '../faults';
import type { World } from '../world';
import type { Api } from './api';
import type { Answer } from './operation';
import { throttled } from './rateLimited';
import { Refusal } from './refusal';

const CODES: Record<number, string> = { 409: 'conflict', 503: 'service_unavailable' };

function inPlaceOf(api: Api, { status = 500, body, headers }: Fault): Answer {
	const standard = api.refuse(new Refusal(status, CODES[status] ?? 'server_error', 'Injected fault'));
	return { status, body: body ?? standard.body, headers };
}

/** What a fault answers in place of the API; undefined when the request is to go on. */
export function beforeEffect(api: Api, fault: Fault, world: World): Answer | 'cut' | undefined {
	switch (fault.kind) {
		case 'cut_before':
			return 'cut';
		case 'expired_token':
			return api.refuse(api.unauthorized);
		case 'rate_limit':
			return throttled(api, fault, world);
		case 'status':
			return fault.after ? undefined : inPlaceOf(api, fault);
		default:
			return undefined;
	}
}

/** What a fault makes of the answer once the effect has happened. */
export function afterEffect(api: Api, fault: Fault, answer: Answer): Answer | 'cut' {
	switch (fault.kind) {
		case 'status':
			return inPlaceOf(api, fault);
		case 'cut_after':
			return 'cut';
		case 'empty':
			return { status: 204 };
		case 'malformed':
			return { status: 200, body: Buffer.from('{"id": "broken'), headers: { 'content-type': 'application/json' } };
		default:
			return answer;
	}
}
