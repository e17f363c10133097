import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxClient } from '../harness/sandbox';
import type { Restartable } from '../harness/service';

const TICK_MS = 1_000;
const DOWN_MS = 3_000;

export interface LoadPlan {
	/** The IDs of the clients whose accounts get money. */
	readonly clients: readonly string[];
	readonly events: number;
	/** How many connections to cut. */
	readonly cuts: number;
	readonly seconds: number;
}

/** A transaction that arrived. */
export interface MadeEvent {
	readonly id: string;
	/** When, in milliseconds since the epoch. */
	readonly at: number;
	readonly clientId: string;
	readonly account: string;
}

export interface LoadResult {
	readonly made: readonly MadeEvent[];
	/** How many connections were cut. */
	readonly cuts: number;
	readonly began: number;
}

/** Ends n8n by SIGTERM or SIGKILL, and starts it again after a while. */
async function restart(n8n: Restartable, end: 'stop' | 'kill') {
	await n8n[end]();
	await sleep(DOWN_MS);
	await n8n.start();
}

/** Lets money arrive while connections are cut and n8n restarts twice: once by SIGTERM, once by SIGKILL. */
export async function applyEventLoad(
	{ sandbox, n8n }: { sandbox: SandboxClient; n8n: Restartable },
	{ clients, events, cuts, seconds }: LoadPlan,
	log: (line: string) => void = () => undefined,
): Promise<LoadResult> {
	const began = Date.now();
	const restarts: Array<{ at: number; end: 'stop' | 'kill' }> = [
		{ at: 1 / 3, end: 'stop' },
		{ at: 2 / 3, end: 'kill' },
	];
	let restarting: Promise<void> | undefined;
	const made: MadeEvent[] = [];
	let cut = 0;
	for (let tick = 0; made.length < events || cut < cuts || restarting || restarts.length > 0; tick += 1) {
		const passed = Math.min((Date.now() - began) / (seconds * 1_000), 1);
		const count = Math.ceil(events * passed) - made.length;
		if (count > 0) {
			const clientId = clients[tick % clients.length];
			const at = Date.now();
			const { account, transactions } = await sandbox.deposit({ clientId, count });
			made.push(...transactions.map((id) => ({ id, at, clientId, account })));
		}
		const [next] = restarts;
		if (!restarting && next && passed >= next.at) {
			restarts.shift();
			log(`n8n ends by ${next.end} after ${made.length} events and ${cut} cuts`);
			restarting = restart(n8n, next.end).finally(() => (restarting = undefined));
		}
		if (!restarting && cut < Math.ceil(cuts * passed)) cut += await sandbox.cutStreams();
		if (tick % 30 === 29) log(`${made.length} events, ${cut} cuts`);
		await sleep(TICK_MS);
	}
	return { made, cuts: cut, began };
}
