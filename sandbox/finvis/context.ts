import { channels } from '../state/eventChannel';
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
	/** The channel of each webhook. */
	readonly channelOf: ReturnType<typeof channels>;
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
		channelOf: channels(),
		get settings() {
			return state.settings.finvis;
		},
		get store() {
			return (store ??= openFinvisStore(seed, (event) => {
				const shown = showFinvis(event.data, context);
				state.changeBook.write({
					api: 'finvis',
					event: event.event,
					id: event.id,
					at: clock.now(),
					object: { ...event.data },
					shown: { ...shown },
				});
				publishEvent({ ...event, data: shown }, context);
			}));
		},
		get vendor() {
			return state.vendor.behaviour('finvis');
		},
	};
	return context;
}
