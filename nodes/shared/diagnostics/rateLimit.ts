import type { Finding } from './finding';
import { notOk, ok } from './finding';
import type { ProbedRead } from './reads';
import { notReached } from './reads';

const CHECK = 'Rate limit';

/** From this share of the limit on, it is told. */
const FEW = 0.1;

/** How many calls are left, where the API tells. */
export function rateFinding(name: string, done: readonly ProbedRead[]): Finding {
	const answered = done.filter(({ why }) => why === undefined);
	if (answered.length === 0) return notReached(CHECK);
	const told = answered.map(({ headers }) => headers).filter((headers) => headers['x-ratelimit-remaining'] !== undefined);
	const last = told[told.length - 1];
	if (last === undefined)
		return notOk(CHECK, 'skipped', `${name} told no limit`, 'Nothing needs to be done: when it asks to slow down, the nodes wait.');
	const { 'x-ratelimit-remaining': left, 'x-ratelimit-limit': limit } = last;
	const words = `${left}${limit === undefined ? '' : ` of ${limit}`} calls are left`;
	return Number(left) <= Number(limit ?? 0) * FEW
		? notOk(CHECK, 'warning', words, 'Let fewer workflows run at the same time: the nodes wait for the next window, and runs get slow.')
		: ok(CHECK, words);
}
