import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import { type FondoStore, type FondoStoreOptions, openFondoStore, type PublishEvent } from './store';

/** What Fondo's handlers may use: their own store and settings, and the shared services. */
export type FondoContext = Pick<State, 'clock' | 'scheduler' | 'random' | 'ledger' | 'tokens' | 'deliveries'> & {
	readonly settings: Settings['fondo'];
	/** The first use seeds it, so that a test of Finvis does not wait for Fondo's seed. */
	readonly store: FondoStore;
};

export function createFondoContext(state: State, options: FondoStoreOptions, publish: PublishEvent): FondoContext {
	const { clock, scheduler, random, ledger, tokens, deliveries } = state;
	let store: FondoStore | undefined;
	return {
		clock,
		scheduler,
		random,
		ledger,
		tokens,
		deliveries,
		get settings() {
			return state.settings.fondo;
		},
		get store() {
			return (store ??= openFondoStore(options, clock, publish));
		},
	};
}
