import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import type { Behaviour } from '../vendors/position';
import { type FondoStore, type FondoStoreOptions, openFondoStore, type PublishEvent } from './store';
import { showFondo } from './vendorFields';

/** What Fondo's handlers may use: their own store and settings, and the shared services. */
export type FondoContext = Pick<State, 'clock' | 'scheduler' | 'random' | 'ledger' | 'tokens' | 'deliveries'> & {
	readonly settings: Settings['fondo'];
	/** The first use seeds it, so that a test of Finvis does not wait for Fondo's seed. */
	readonly store: FondoStore;
	readonly vendor: Behaviour;
	/** Words of orders that Fondo ended early, by ID: the contract has no status for them. */
	readonly endWords: Map<string, string>;
};

export function createFondoContext(state: State, options: FondoStoreOptions, publish: PublishEvent): FondoContext {
	const { clock, scheduler, random, ledger, tokens, deliveries } = state;
	let store: FondoStore | undefined;
	const context: FondoContext = {
		clock,
		scheduler,
		random,
		ledger,
		tokens,
		deliveries,
		endWords: new Map(),
		get settings() {
			return state.settings.fondo;
		},
		get store() {
			return (store ??= openFondoStore(options, clock, (clientId, frame) => publish(clientId, showFondo(frame, 'list', context))));
		},
		get vendor() {
			return state.vendor.behaviour('fondo');
		},
	};
	return context;
}
