import { channels, EventChannel } from '../state/eventChannel';
import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import type { Behaviour } from '../vendors/position';
import { sendCallback } from './callbacks';
import { type EventFrame, type FondoStore, type FondoStoreOptions, openFondoStore } from './store';
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

export function createFondoContext(
	state: State,
	options: FondoStoreOptions,
	publish: (clientId: string, frame: object) => void,
): FondoContext {
	const { clock, scheduler, random, ledger, tokens, deliveries } = state;
	let store: FondoStore | undefined;
	const channelOf = channels();
	const streamOf = (clientId: string) =>
		channelOf(clientId, () => new EventChannel(context, (message) => publish(clientId, message as object)));
	const callbacksTo = (url: string) =>
		channelOf(url, () => new EventChannel(context, (message, event) => sendCallback(context, url, event, message as object)));
	const book = (frame: EventFrame, shown: EventFrame) => {
		const [object = {}, asShown = {}] = [frame, shown].map(({ current, previous }) => current ?? previous);
		const id = 'id' in object ? String(object.id) : '';
		state.changeBook.write({ api: 'fondo', event: frame.eventType, id, at: clock.now(), object: { ...object }, shown: { ...asShown } });
	};
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
			return (store ??= openFondoStore(options, clock, (clientId, frame) => {
				const { callbackUrl } = context.settings;
				const shown = showFondo(frame, 'list', context);
				book(frame, shown);
				if (callbackUrl !== null) callbacksTo(callbackUrl).publish(shown, frame.eventType);
				streamOf(clientId).publish(shown);
			}));
		},
		get vendor() {
			return state.vendor.behaviour('fondo');
		},
	};
	return context;
}
