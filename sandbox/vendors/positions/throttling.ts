import type { Api, Behaviour, Position } from '../position';

const seconds = (ms: number) => Math.ceil(ms / 1000);

function of(api: Api, vendor: string): readonly Position[] {
	const throttled = (name: string, sentence: string, throttleHeaders: Behaviour['throttleHeaders']): Position => ({
		name: `${api}-throttled-${name}`,
		api,
		axis: 'how a 429 names the time to wait',
		sentence: `${vendor} ${sentence}`,
		node: 'works',
		wire: true,
		hooks: { throttleHeaders },
	});
	return [
		throttled('without-headers', 'does not say in a 429 how long to wait.', () => ({})),
		throttled('with-a-date', 'says in a 429 with a date of HTTP when to go on.', (resetAt) => ({
			'Retry-After': new Date(seconds(resetAt) * 1000).toUTCString(),
		})),
		throttled('with-unix-seconds', 'says in a 429 with a Unix time in seconds when to go on.', (resetAt) => ({
			'X-RateLimit-Reset': String(seconds(resetAt)),
		})),
		throttled('with-unix-milliseconds', 'says in a 429 with a Unix time in milliseconds when to go on.', (resetAt) => ({
			'X-RateLimit-Reset': String(resetAt),
		})),
		throttled('with-ratelimit-reset', 'says in a 429 with `RateLimit-Reset` how many seconds to wait.', (resetAt, now) => ({
			'RateLimit-Limit': '600',
			'RateLimit-Remaining': '0',
			'RateLimit-Reset': String(seconds(resetAt - now)),
		})),
	];
}

export const throttling: readonly Position[] = [...of('fondo', 'Fondo'), ...of('finvis', 'Finvis')];
