import { ChangeBook } from './changeBook';
import { Clock } from './clock';
import { Deliveries } from './deliveries';
import { EventLog } from './eventLog';
import { Faults } from './faults';
import { Ledger } from './ledger';
import { Random } from './random';
import { RateLimiter } from './rateLimiter';
import { RequestLog } from './requestLog';
import { Scheduler } from './scheduler';
import type { Settings } from './settings';
import { Tokens } from './tokens';
import { VendorPositions } from './vendor';

/** What both APIs share. A reset creates a new one. */
export interface State {
	settings: Settings;
	clock: Clock;
	scheduler: Scheduler;
	random: Random;
	ledger: Ledger;
	tokens: Tokens;
	faults: Faults;
	rateLimiter: RateLimiter;
	requestLog: RequestLog;
	deliveries: Deliveries;
	eventLog: EventLog;
	changeBook: ChangeBook;
	vendor: VendorPositions;
}

export interface StateOptions {
	seed: number;
	speed: number;
	settings: Settings;
	/** Names of the vendor positions that are on. */
	vendor: readonly string[];
}

export function createState({ seed, speed, settings, vendor }: StateOptions): State {
	const clock = new Clock(speed);
	return {
		settings,
		clock,
		scheduler: new Scheduler(clock),
		random: new Random(seed + 1),
		ledger: new Ledger(clock),
		tokens: new Tokens(clock),
		faults: new Faults(new Random(seed + 2)),
		rateLimiter: new RateLimiter(clock),
		requestLog: new RequestLog(),
		deliveries: new Deliveries(),
		eventLog: new EventLog(clock),
		changeBook: new ChangeBook(),
		vendor: new VendorPositions(vendor),
	};
}
