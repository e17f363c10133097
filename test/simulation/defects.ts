/** Old defects of the write path, put back around it: each shows that the simulation finds it. */
import type { IDataObject } from 'n8n-workflow';
import type { ConnectionState } from '../../nodes/shared/connectionState';
import type { Connection } from '../../nodes/shared/http/connection';
import type { ApiRequest, Middleware } from '../../nodes/shared/http/request';
import { referenceConflict } from '../../nodes/shared/writes/diff';
import { fingerprint, withKey } from '../../nodes/shared/writes/idempotencyKey';
import type { Memory } from '../../nodes/shared/writes/memory';

export interface Defect {
	readonly sentence: string;
	/** Vendors that show it: each schedule has one of these positions. */
	readonly positions: readonly string[];
	/** After a gap of so many ms neither n8n nor a process remembers a write. */
	readonly forgetsAfter?: number;
	readonly memory?: (memory: Memory) => Memory;
	readonly request?: (request: ApiRequest) => ApiRequest;
	/** The layers of a write, in place of the right ones. */
	readonly layers?: (layers: readonly Middleware[], connection: Connection, state: ConnectionState) => readonly Middleware[];
}

const TEN_MINUTES = 600_000;

/** Says `found` of what was once tried, although something else was executed since. */
function foundWhenTried({ once }: ConnectionState): Middleware {
	const tried = once('tried', () => new Set<string>());
	return (next) => async (request) => {
		const content = `${String(request.reference)} ${fingerprint(request.body)}`;
		const wasTried = tried.has(content);
		tried.add(content);
		return await next(request).catch(async (error: Error) =>
			wasTried && error.message.endsWith('was already used for something else')
				? { status: 200, headers: {}, body: {}, outcome: 'found' as const }
				: await Promise.reject(error),
		);
	};
}

/** Compares what is found by its writing. */
const strictly: Middleware = (next) => async (request) => {
	const response = await next(request);
	const shown = response.body as IDataObject | undefined;
	const isOther = Object.entries(request.body ?? {}).some(
		([name, value]) => name !== 'name' && typeof value !== 'object' && shown?.[name] !== undefined && shown[name] !== value,
	);
	if (response.outcome === 'found' && isOther) throw referenceConflict(request.reference, 'It is written in another way.');
	return response;
};

/** Sends a write again after a 500. */
const sendsAgain: Middleware = (next) => async (request) => {
	const response = await next(request);
	return response.status === 500 && !request.route.startsWith('GET ') ? await next(request) : response;
};

/** Derives the references of payments as a user may type them. */
function withHyphens(request: ApiRequest): ApiRequest {
	const { body } = request;
	if (!Array.isArray(body?.payments)) return request;
	const payments = (body.payments as IDataObject[]).map((payment) =>
		typeof payment.clientRef === 'string' ? { ...payment, clientRef: payment.clientRef.replace(/\+(\d+)$/, '-$1') } : payment,
	);
	return { ...request, body: { ...body, payments } };
}

export const DEFECTS: Readonly<Record<string, Defect>> = {
	W1: {
		sentence: 'A payout that the list shows late is sent again after ten minutes.',
		positions: ['payouts-listed-late', 'payouts-never-listed'],
		forgetsAfter: TEN_MINUTES,
	},
	W2: {
		sentence: 'A write whose reference the API changes is sent again after ten minutes.',
		positions: ['references-upper-case', 'references-cut-20', 'references-without-spaces'],
		forgetsAfter: TEN_MINUTES,
	},
	W5: {
		sentence: 'A mark in n8n is not verified after writing, and another worker writes over it.',
		positions: ['fondo-rows-8-seconds-late', 'fondo-rows-11-minutes-late'],
		memory: (memory) => ({ ...memory, settlingMs: 0 }),
	},
	W6: {
		sentence: 'A write is sent again after a 500, although it was executed.',
		positions: ['fondo-rows-8-seconds-late', 'fondo-500-after-effect'],
		layers: (layers) => [...layers, sendsAgain],
	},
	W8: {
		sentence: 'Another payment under a used key is called created, because Finvis answers from its cache.',
		positions: ['cached-answers'],
		layers: (_, connection) => [withKey(connection)],
	},
	W10: {
		sentence: 'What was once tried is called found, although something else was executed.',
		positions: ['cached-answers', 'fondo-rows-8-seconds-late'],
		layers: (layers, _, state) => [foundWhenTried(state), ...layers],
	},
	W11: {
		sentence: 'The references of single payments are derived with a hyphen, as a user may type them.',
		positions: ['fondo-rows-8-seconds-late', 'start-exclusive'],
		request: withHyphens,
	},
	W13: {
		sentence: 'A difference in writing is called another payment.',
		positions: ['finvis-days-with-time', 'finvis-codes-lower-case', 'fondo-amounts-as-text', 'fondo-codes-upper-case'],
		layers: (layers) => [strictly, ...layers],
	},
};
