import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import type { Behaviour } from '../vendors/position';
import { Idempotency } from './idempotency';
import { publishEvent } from './publish';
import { type FinvisStore, openFinvisStore } from './store';
import { showFinvis } from './vendorFields';

/** What Finvis' handlers may use: their own store and settings, and the shared services. */
export type FinvisContext = Pick<State, 'clock' | 'scheduler' | 'random' | 'ledger' | 'tokens' | 'deliveries'> & {
	readonly settings: Settings['finvis'];
	/** The first use seeds it, so that a test of Fondo does not wait for Finvis' seed. */
	readonly store: FinvisStore;
	idempotency: Idempotency;
	readonly vendor: Behaviour;
	/** Words of batches that Finvis ended early, by ID. */
	readonly endWords: Map<string, string>;
};

export function createFinvisContext(state: State, seed: number): FinvisContext {
	const { clock, scheduler, random, ledger, tokens, deliveries } = state;
	let store: FinvisStore | undefined;
	const context: FinvisContext = {
		clock,
		scheduler,
		random,
		ledger,
		tokens,
		deliveries,
		idempotency: new Idempotency(),
		endWords: new Map(),
		get settings() {
			return state.settings.finvis;
		},
		get store() {
			return (store ??= openFinvisStore(seed, (event) => publishEvent({ ...event, data: showFinvis(event.data, context) }, context)));
		},
		get vendor() {
			return state.vendor.behaviour('finvis');
		},
	};
	return context;
}
