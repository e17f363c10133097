import type { FinvisContext } from '../finvis/context';
import type { FondoContext } from '../fondo/context';
import type { State } from '../state/state';

/** The shared state and both APIs: what the admin API and the page show and change. */
export interface SandboxState extends State {
	readonly fondo: FondoContext;
	readonly finvis: FinvisContext;
}
