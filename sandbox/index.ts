import { admin as adminFor, type SandboxAdmin } from './admin/admin';
import { adminServer } from './admin/server';
import { finvisApi } from './finvis/api';
import { fondoApi } from './fondo/api';
import { journeyPage } from './fondo/journeyPage/router';
import { Stream } from './fondo/stream';
import { apiServer } from './http/apiServer';
import { listen, type Listener } from './http/listen';
import { sandboxPage } from './page/router';
import { defaultSettings, patchSettings, type SettingsPatch } from './settings';
import { createWorld, type World } from './world';

export type { SandboxAdmin } from './admin/admin';
export type { FaultInput } from './faults';
export type { LedgerEntry } from './ledger';
export type { Settings, SettingsPatch } from './settings';
export * from './identities';

export interface SandboxOptions {
	/** 0 or nothing takes a free port. */
	fondoPort?: number;
	finvisPort?: number;
	adminPort?: number;
	seed?: number;
	/** How many transactions Fondo has when it begins; fewer make shorter lists. 20,000 when left out. */
	transactions?: number;
	/** How many times faster than the wall clock orders, payments and journeys move. */
	speed?: number;
	settings?: SettingsPatch;
}

export interface Sandbox {
	fondoUrl: string;
	/** Ends with `/public`, without a slash. */
	finvisUrl: string;
	/** Its root is the page for people. */
	adminUrl: string;
	/** The same functions as the admin API, without HTTP. */
	admin: SandboxAdmin;
	stop(): Promise<void>;
}

const TICK_MS = 50;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { fondoPort = 0, finvisPort = 0, adminPort = 0, seed = 1, transactions, speed = 1 } = options;
	const settings = patchSettings(defaultSettings, options.settings ?? {});
	const stream = new Stream(() => world, seed);
	const fresh = (): World =>
		createWorld({ seed, transactions, speed, settings, publish: (client, frame) => stream.publish(client, frame) });
	let world = fresh();

	const reset = (): void => {
		world.deliveries.stop();
		stream.faults.clear();
		world = fresh();
	};
	const admin = adminFor(() => world, stream, reset);
	const listeners: Listener[] = [];
	const open = async (name: string, port: number, app: Parameters<typeof listen>[2]): Promise<Listener> => {
		const listener = await listen(name, port, app);
		listeners.push(listener);
		return listener;
	};
	const tick = setInterval(() => world.agenda.runDue(), TICK_MS);
	tick.unref();
	const stop = async (): Promise<void> => {
		clearInterval(tick);
		world.deliveries.stop();
		stream.stop();
		await Promise.all(listeners.map((listener) => listener.stop()));
	};

	try {
		const fondo = await open(
			'Fondo',
			fondoPort,
			apiServer(
				fondoApi,
				'/',
				() => world,
				journeyPage(() => world),
			),
		);
		stream.attach(fondo.server);
		const finvis = await open(
			'Finvis',
			finvisPort,
			apiServer(finvisApi, '/public', () => world),
		);
		const adminListener = await open('Admin', adminPort, adminServer(admin, sandboxPage({ world: () => world, admin })));
		return { fondoUrl: fondo.url, finvisUrl: `${finvis.url}/public`, adminUrl: adminListener.url, admin, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
