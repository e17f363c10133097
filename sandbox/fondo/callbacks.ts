import type { Settings } from '../state/settings';
import type { State } from '../state/state';

type Services = Pick<State, 'deliveries' | 'random'> & { readonly settings: Settings['fondo'] };

/** Sends an event, as the vendor shows it, to an address of the partner. The contract does not say how callbacks are signed, so they are not. */
export function sendCallback({ deliveries, random, settings }: Services, url: string, event: string, shown: object): void {
	deliveries.send({ id: random.uuid(), url, event, body: JSON.stringify(shown) }, settings.callbackRetryMilliseconds);
}
