import { ask } from '../ask.mjs';
import { Failure } from '../failure.mjs';

const HOUR = 3_600;

/** Where the sandbox listens when nothing else is said; the environment *Local Sandbox* of the credentials. */
export const SANDBOX_PORTS = { fondo: '4010', finvis: '4020', admin: '4030' };

/** A running sandbox: the addresses of both APIs and what its admin API offers to scripts. */
export function sandboxAt({ fondo, finvis, admin }) {
	async function call(method, path, body) {
		const response = await ask(`http://127.0.0.1:${admin}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		});
		if (response.ok) return await response.json();
		throw new Failure(`The sandbox answered ${response.status} to ${method} ${path}: ${await response.text()}`);
	}
	return {
		fondoUrl: `http://127.0.0.1:${fondo}`,
		finvisUrl: `http://127.0.0.1:${finvis}/public`,
		call,
		ledger: async () => (await call('GET', '/ledger')).entries,
		/** Lets the sandbox's clock run until the condition holds: what takes banks hours takes us moments. */
		async advanceUntil(condition, maxHours = 240) {
			for (let hour = 0; !(await condition()); hour += 1) {
				if (hour === maxHours) throw new Failure(`The sandbox did not get there within ${maxHours} of its hours`);
				await call('POST', '/clock', { advanceSeconds: HOUR });
			}
		},
	};
}
