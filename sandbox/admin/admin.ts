import { type BatchChange, changeBatch } from '../finvis/console';
import type { PaymentBatch } from '../finvis/objects';
import { bookDeposits, type DepositsInput } from '../fondo/deposits';
import type { EventStream } from '../fondo/eventStream';
import type { StreamFault, StreamFaultInput } from '../fondo/streamFaults';
import type { BookedChange } from '../state/changeBook';
import type { Delivery } from '../state/deliveries';
import type { ActiveFault, FaultInput } from '../state/faults';
import type { LedgerEntry } from '../state/ledger';
import type { ContractViolation, LoggedRequest } from '../state/requestLog';
import { patchSettings, type Settings, type SettingsPatch } from '../state/settings';
import type { ApiName, Tokens } from '../state/tokens';
import type { PositionState } from '../state/vendor';
import type { SandboxState } from './sandboxState';
import { webhookAdmin, type WebhookAdmin } from './webhookAdmin';

/** What a test or a demo can see and change. The admin API offers the same over HTTP. */
export interface SandboxAdmin {
	ledger(reference?: string): LedgerEntry[];
	requests(): LoggedRequest[];
	violations(): ContractViolation[];
	/** Every change of an object since the start or the last reset, also those without an event. */
	changes(): readonly BookedChange[];
	faults: {
		add(fault: FaultInput | FaultInput[]): ActiveFault[];
		list(): ActiveFault[];
		clear(id?: number): number;
	};
	/** Replaces the state by a new one with the same seed, settings and vendor positions of the start. No token remains valid. */
	reset(): void;
	clock: {
		now(): string;
		speed(factor?: number): number;
		/** Moves the clock forward and runs everything that is due. Tokens and rate limits age too. */
		advance(seconds: number): string;
		/** When something happens by itself the next time, in milliseconds since 1970; `Infinity` for never. */
		nextDue(): number;
	};
	tokens: {
		counts(): ReturnType<Tokens['counts']>;
		revoke(api?: ApiName): number;
	};
	settings: {
		read(): Settings;
		patch(patch: SettingsPatch): Settings;
	};
	/** The ways in which the APIs differ from the contract. */
	vendor: {
		list(): PositionState[];
		/** Names of the positions that are on. */
		on(): string[];
		/** Switches on these positions and no other. Throws for an unknown name, and for two positions of one axis. */
		set(names: readonly string[]): PositionState[];
	};
	stream: {
		emit(frame: object, clientId?: string): number;
		cut(): number;
		/** Sends a heartbeat to every connection at once. */
		heartbeat(): number;
		connections(): number;
		/** The client id of each connection. */
		clientIds(): string[];
		faults: {
			add(fault: StreamFaultInput): StreamFault[];
			list(): StreamFault[];
			clear(): number;
		};
	};
	/** Books incoming bank transfers. */
	deposits(deposits: DepositsInput): ReturnType<typeof bookDeposits>;
	deliveries(): Delivery[];
	/** Changes a batch as a person does in the Finvis console. */
	changeBatch(id: string, change: BatchChange): PaymentBatch;
	webhooks: WebhookAdmin;
}

export function createAdmin(current: () => SandboxState, stream: EventStream, reset: () => void): SandboxAdmin {
	return {
		ledger: (reference) => current().ledger.read(reference),
		requests: () => current().requestLog.read(),
		violations: () => current().requestLog.violations(),
		changes: () => current().changeBook.read(),
		faults: {
			add: (fault) => current().faults.add(fault),
			list: () => current().faults.list(),
			clear: (id) => current().faults.clear(id),
		},
		reset,
		clock: {
			now: () => current().clock.iso(),
			speed: (factor) => {
				if (factor !== undefined) current().clock.speed = nonNegative(factor, 'speed');
				return current().clock.speed;
			},
			advance: (seconds) => {
				const { clock, scheduler } = current();
				clock.skip(nonNegative(seconds, 'advanceSeconds') * 1000);
				scheduler.runDue();
				return clock.iso();
			},
			nextDue: () => current().scheduler.nextDue,
		},
		tokens: {
			counts: () => current().tokens.counts(),
			revoke: (api) => current().tokens.revoke(api),
		},
		settings: {
			read: () => structuredClone(current().settings),
			patch: (patch) => {
				const state = current();
				state.settings = patchSettings(state.settings, patch);
				return structuredClone(state.settings);
			},
		},
		vendor: {
			list: () => current().vendor.list(),
			on: () => [...current().vendor.on()],
			set: (names) => {
				current().vendor.set(names);
				return current().vendor.list();
			},
		},
		stream: {
			emit: (frame, clientId) => stream.publish(clientId, frame),
			cut: () => stream.cut(),
			heartbeat: () => stream.beat(),
			connections: () => stream.connections,
			clientIds: () => stream.clientIds,
			faults: {
				add: (fault) => stream.faults.add(fault),
				list: () => stream.faults.list(),
				clear: () => stream.faults.clear(),
			},
		},
		deposits: (deposits) => bookDeposits(current().fondo, deposits),
		deliveries: () => current().deliveries.list(),
		changeBatch: (id, change) => changeBatch(current().finvis, id, change),
		webhooks: webhookAdmin(current),
	};
}

function nonNegative(value: number, name: string): number {
	if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number of at least 0, not ${value}`);
	return value;
}
