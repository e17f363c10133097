import type { SandboxAdmin } from '../../sandbox';
import { clock } from '../../nodes/shared/core/clock';

const real = { ...clock };

export const giveTimeBack = () => Object.assign(clock, real);

/** Time in the hands of a test, from now on: a wait costs nothing and is noted. Waits at the same time pass at the same time. */
export function takeTime(start = 1_800_000_000_000, passed: (ms: number) => void = () => {}) {
	const time = { now: start, waits: [] as number[] };
	clock.now = () => time.now;
	clock.sleep = async (ms, signal) => {
		signal?.throwIfAborted();
		time.waits.push(ms);
		const until = time.now + ms;
		// Other pending work runs first.
		await new Promise((resolve) => setTimeout(resolve, 1));
		const left = until - time.now;
		if (left <= 0) return;
		time.now = until;
		passed(left);
	};
	return time;
}

/** The same for a sandbox: when a client waits, the sandbox's clock moves on as well. */
export const takeTimeOf = (admin: SandboxAdmin) => takeTime(Date.now(), (ms) => void admin.clock.advance(ms / 1000));

/** The client's waits cost nothing, while time goes on as it does. */
export function skipWaits() {
	const waits: number[] = [];
	clock.sleep = async (ms) => void waits.push(ms);
	return waits;
}

/** Time goes on by itself from where it is, but faster; what waits for a minute waits for a second. A factor of 1 is its own pace: it never goes back. */
export function speedUp(factor: number) {
	const [began, from] = [Date.now(), clock.now()];
	clock.now = () => from + (Date.now() - began) * factor;
	clock.sleep = async (ms, signal) => await real.sleep(ms / factor, signal);
}
