import type { Probe } from './probe';
import type { Finding, DiagnosticsContext } from './finding';
import { notOk, ok } from './finding';
import { notReached } from './reads';

const CHECK = 'Clock';

/** Tokens are renewed a minute before they end, and lists are read back by some minutes: less than this disturbs nothing. */
const MOST_MS = 30_000;

/** The time that an answer tells, and how exact it is: its body where it has one, else the header that every server sends. */
function toldBy({ headers, body }: Probe): { at: number; within: number } | undefined {
	const pong = typeof body === 'object' && body !== null && 'pong' in body ? Date.parse(String(body.pong)) : NaN;
	if (!Number.isNaN(pong)) return { at: pong, within: 0 };
	const date = Date.parse(headers.date ?? '');
	return Number.isNaN(date) ? undefined : { at: date, within: 1_000 };
}

/** Milliseconds by which n8n's clock is ahead (below zero: behind), as far as the time on the way leaves no other reading. */
function aheadMs({ askedAt, answeredAt }: Probe, { at, within }: { at: number; within: number }): number {
	if (askedAt > at + within) return askedAt - at - within;
	return answeredAt < at ? answeredAt - at : 0;
}

/** Whether n8n and the API agree on the time. */
export function clockFinding({ connection: { name } }: DiagnosticsContext, knocked: Probe, host: Finding): Finding {
	if (host.status === 'failed') return notReached(CHECK);
	const told = toldBy(knocked);
	if (told === undefined)
		return notOk(CHECK, 'skipped', `${name} did not tell its time`, 'Check that the clock of the machine that runs n8n is right.');
	const ahead = aheadMs(knocked, told);
	if (Math.abs(ahead) <= MOST_MS) return ok(CHECK, `n8n and ${name} agree on the time`);
	return notOk(
		CHECK,
		'warning',
		`The clock of n8n is ${Math.round(Math.abs(ahead) / 1000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of ${name}`,
		`Let the machine that runs n8n take its time from a time server (NTP). Until then tokens are renewed too ${ahead > 0 ? 'early' : 'late'}, and events can be missed.`,
	);
}
