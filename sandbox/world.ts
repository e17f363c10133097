import { Agenda } from './agenda';
import { Clock } from './clock';
import { Random } from './data/random';
import { Faults } from './faults';
import { openFondo, type FondoStore } from './fondo/store';
import { Deliveries } from './deliveries';
import { EventLog } from './eventLog';
import { Idempotency } from './finvis/idempotency';
import { notify } from './finvis/notify';
import { openFinvis, type FinvisStore } from './finvis/store';
import { Ledger } from './ledger';
import { RateLimits } from './rateLimit';
import { RequestLog } from './requestLog';
import type { Settings } from './settings';
import { Tokens } from './tokens';

/** Sends one frame to all who listen to the events of a client. */
export type Publish = (clientId: string, frame: object) => void;

export interface WorldOptions {
	seed: number;
	/** How much has happened at Fondo before. */
	transactions?: number;
	speed: number;
	settings: Settings;
	publish: Publish;
}

/** All state of the sandbox. A reset makes a new one. */
export interface World {
	settings: Settings;
	clock: Clock;
	agenda: Agenda;
	random: Random;
	ledger: Ledger;
	tokens: Tokens;
	faults: Faults;
	limits: RateLimits;
	log: RequestLog;
	idempotency: Idempotency;
	deliveries: Deliveries;
	events: EventLog;
	/** Seeded when first asked for, so that who needs one API does not wait for the other. */
	readonly fondo: FondoStore;
	readonly finvis: FinvisStore;
}

export function createWorld({ seed, transactions, speed, settings, publish }: WorldOptions): World {
	const clock = new Clock(speed);
	let fondo: FondoStore | undefined;
	let finvis: FinvisStore | undefined;
	const world: World = {
		settings,
		clock,
		agenda: new Agenda(clock),
		random: new Random(seed + 1),
		ledger: new Ledger(clock),
		tokens: new Tokens(clock),
		faults: new Faults(new Random(seed + 2)),
		limits: new RateLimits(clock),
		log: new RequestLog(),
		idempotency: new Idempotency(),
		deliveries: new Deliveries(),
		events: new EventLog(clock),
		get fondo() {
			fondo ??= openFondo({ seed, transactions }, clock, publish);
			return fondo;
		},
		get finvis() {
			finvis ??= openFinvis(seed, (event) => notify(event, world));
			return finvis;
		},
	};
	return world;
}
