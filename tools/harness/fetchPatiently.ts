import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 2_000;
const TRIES = 3;

/** The JSON body of an answer. */
export const bodyOf = async <T>(response: Response): Promise<T> => JSON.parse(await response.text());

/**
 * `fetch` that tries a GET three times after a network error or a 503, because n8n answers 503 while its database is busy. It keeps no
 * connection: a busy server closes one just when the next call goes out on it.
 */
export async function fetchPatiently(url: string, options: RequestInit = {}): Promise<Response> {
	const isRead = (options.method ?? 'GET') === 'GET';
	for (let attempt = 1; ; attempt += 1) {
		const isLast = !isRead || attempt === TRIES;
		try {
			const response = await fetch(url, { ...options, headers: { ...options.headers, connection: 'close' } });
			if (isLast || response.status !== 503) return response;
		} catch (error) {
			if (isLast) throw error;
		}
		await sleep(PAUSE_MS);
	}
}
