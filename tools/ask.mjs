import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 2_000;

/** fetch, which asks three times when it only reads: a kept connection may just have been closed, n8n may be waiting for its database. */
export async function ask(url, how = {}, tries = 3) {
	const answer = await fetch(url, how).catch((error) => ({ status: 503, error }));
	const isRead = (how.method ?? 'GET') === 'GET';
	if (answer.status === 503 && isRead && tries > 1) {
		await sleep(PAUSE_MS);
		return await ask(url, how, tries - 1);
	}
	if (answer.error) throw answer.error;
	return answer;
}
