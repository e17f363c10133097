import { createAdmin, type SandboxAdmin } from './admin/admin';
import type { SandboxState } from './admin/sandboxState';
import { adminServer } from './admin/server';
import { finvisApi } from './finvis/api';
import { createFinvisContext } from './finvis/context';
import { fondoApi } from './fondo/api';
import { createFondoContext } from './fondo/context';
import { EventStream } from './fondo/eventStream';
import { journeyPage } from './fondo/journeyPage/router';
import { apiServer } from './http/apiServer';
import { listen, type Listener } from './http/listen';
import { sandboxPage } from './page/router';
import { defaultSettings, patchSettings, type SettingsPatch } from './state/settings';
import { createState } from './state/state';

export type { SandboxAdmin } from './admin/admin';
export type { FaultInput } from './state/faults';
export { FINVIS_APPROVER, FINVIS_DEMO, FINVIS_IDENTITIES, FINVIS_PARTNER, FINVIS_READER } from './state/identities';
export { FONDO_DEMO, FONDO_IDENTITIES, TENANT_ONE, TENANT_TWO, type Identity } from './state/identities';
export { Random } from './state/random';
export type { SettingsPatch } from './state/settings';

export interface SandboxOptions {
	/** 0 or undefined takes a free port. */
	fondoPort?: number;
	finvisPort?: number;
	adminPort?: number;
	seed?: number;
	/** Number of transactions that Fondo has at the start; fewer make shorter lists. Default 20,000. */
	transactions?: number;
	/** How many times faster than real time orders, payments and journeys move. */
	speed?: number;
	settings?: SettingsPatch;
	/** Names of vendor positions; `GET /vendor` of the admin API lists them. */
	vendor?: readonly string[];
}

export interface Sandbox {
	fondoUrl: string;
	/** Ends with `/public`, without a slash. */
	finvisUrl: string;
	/** Serves the admin API, and the page at its root. */
	adminUrl: string;
	/** The functions of the admin API, without HTTP. */
	admin: SandboxAdmin;
	stop(): Promise<void>;
}

const TICK_MS = 50;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { fondoPort = 0, finvisPort = 0, adminPort = 0, seed = 1, transactions, speed = 1, vendor = [] } = options;
	const settings = patchSettings(defaultSettings, options.settings ?? {});
	const stream = new EventStream(() => current, seed);
	const newState = (): SandboxState => {
		const state = createState({ seed, speed, settings, vendor });
		const publish = (clientId: string, frame: object): number => stream.publish(clientId, frame);
		// Extends the same object, because the contexts read its settings and a patch replaces them there.
		return Object.assign(state, {
			fondo: createFondoContext(state, { seed, transactions }, publish),
			finvis: createFinvisContext(state, seed),
		});
	};
	let current = newState();

	const reset = (): void => {
		current.deliveries.stop();
		stream.faults.clear();
		stream.forget();
		current = newState();
	};
	const admin = createAdmin(() => current, stream, reset);
	const listeners: Listener[] = [];
	const open = async (name: string, port: number, app: Parameters<typeof listen>[2]): Promise<Listener> => {
		const listener = await listen(name, port, app);
		listeners.push(listener);
		return listener;
	};
	const tick = setInterval(() => current.scheduler.runDue(), TICK_MS);
	tick.unref();
	const stop = async (): Promise<void> => {
		clearInterval(tick);
		current.deliveries.stop();
		stream.stop();
		await Promise.all(listeners.map((listener) => listener.stop()));
	};

	try {
		const fondoServer = apiServer(
			fondoApi,
			'/',
			() => ({ state: current, context: current.fondo }),
			journeyPage(() => current.fondo),
		);
		const finvisServer = apiServer(finvisApi, '/public', () => ({ state: current, context: current.finvis }));
		const fondo = await open('Fondo', fondoPort, fondoServer);
		stream.attach(fondo.server);
		const finvis = await open('Finvis', finvisPort, finvisServer);
		const adminListener = await open('Admin', adminPort, adminServer(admin, sandboxPage({ state: () => current, admin })));
		return { fondoUrl: fondo.url, finvisUrl: `${finvis.url}/public`, adminUrl: adminListener.url, admin, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
