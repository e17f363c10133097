import type { WithLock } from './core/keyedLock';
import { keyedLock } from './core/keyedLock';
import { keepNewest } from './core/seenKeys';
import type { Connection } from './http/connection';
import type { KnownWrite } from './writes/write';

/** What all runs of this process that use one connection share: the rate limit, the record of writes, the references that were read. */
export interface ConnectionState {
	readonly known: Map<string, KnownWrite>;
	readonly withLock: WithLock;
	/** One thing of a name, made when it is first asked for. */
	readonly once: <T extends object>(name: string, make: () => T) => T;
}

/** Connections and things of one connection that are kept; the oldest go first. */
const MOST = 200;

const states = new Map<string, ConnectionState>();

/** The state of a connection that nothing has used yet. */
export function newState(): ConnectionState {
	const things = new Map<string, object>();
	return {
		known: new Map(),
		withLock: keyedLock(),
		once: <T extends object>(name: string, make: () => T) => {
			const thing = (things.get(name) as T | undefined) ?? make();
			keepNewest(things, name, thing, MOST);
			return thing;
		},
	};
}

/** The state of a connection: of its address and identity, whatever its secret is. */
export function connectionStateOf({ credential, baseUrl, identity }: Connection): ConnectionState {
	const key = JSON.stringify([credential, baseUrl, identity]);
	const state = states.get(key) ?? newState();
	keepNewest(states, key, state, MOST);
	return state;
}
