import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { parseLossless } from '../http/losslessJson';

/** What an address answered to somebody without a token; `lost` says why there was no answer. */
export interface Probe {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	readonly networkError?: string;
	readonly askedAt: number;
	readonly answeredAt: number;
}

const TIMEOUT_MS = 10_000;

interface Reply {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Asks an address once, without a token and without following it elsewhere. Never throws. */
export async function probe(context: IExecuteFunctions, url: string): Promise<Probe> {
	const askedAt = clock.now();
	const call: Promise<Reply> = context.helpers.httpRequest({
		method: 'GET',
		url,
		// An old answer of a cache would tell an old time.
		headers: { Accept: 'application/json', 'Cache-Control': 'no-cache' },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	});
	const times = () => ({ askedAt, answeredAt: clock.now() });
	return await call.then(
		({ statusCode, headers, body }) => ({
			status: statusCode,
			headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
			body: parseLossless(String(body ?? '')),
			...times(),
		}),
		({ code = 'no answer' }: { code?: string }) => ({ status: 0, headers: {}, body: undefined, lost: code, ...times() }),
	);
}
