import type { Delivery } from '../deliveries';
import { changeBatch, type BatchChange } from '../finvis/console';
import type { PaymentBatch } from '../finvis/objects';
import { deposit, type Deposits } from '../fondo/deposits';
import type { Stream } from '../fondo/stream';
import type { StreamFault, StreamFaultInput } from '../fondo/streamFaults';
import type { ActiveFault, FaultInput } from '../faults';
import type { LedgerEntry } from '../ledger';
import type { LoggedRequest, Violation } from '../requestLog';
import { patchSettings, type Settings, type SettingsPatch } from '../settings';
import type { ApiName } from '../tokens';
import type { World } from '../world';
import { webhookAdmin, type WebhookAdmin } from './webhooks';

/** What a test or a demo may see and steer. The admin API is this over HTTP. */
export interface SandboxAdmin {
	ledger(reference?: string): LedgerEntry[];
	requests(): LoggedRequest[];
	violations(): Violation[];
	faults: {
		add(fault: FaultInput | FaultInput[]): ActiveFault[];
		list(): ActiveFault[];
		clear(id?: number): number;
	};
	/** A new world from the same seed, with the settings of the start. All tokens are gone. */
	reset(): void;
	clock: {
		now(): string;
		speed(factor?: number): number;
		/** Everything that falls due has happened when this returns. Tokens and rate limits age too. */
		advance(seconds: number): string;
	};
	tokens: {
		counts(): ReturnType<World['tokens']['counts']>;
		revoke(api?: ApiName): number;
	};
	settings: {
		read(): Settings;
		patch(patch: SettingsPatch): Settings;
	};
	stream: {
		emit(frame: object, clientId?: string): number;
		cut(): number;
		connections(): number;
		/** One for each connection. */
		clientIds(): string[];
		faults: {
			add(fault: StreamFaultInput): StreamFault[];
			list(): StreamFault[];
			clear(): number;
		};
	};
	/** Money that arrives by bank transfer. */
	deposits(deposits: Deposits): ReturnType<typeof deposit>;
	deliveries(): Delivery[];
	/** What a person in the Finvis console changes about a batch. */
	changeBatch(id: string, change: BatchChange): PaymentBatch;
	webhooks: WebhookAdmin;
}

export function admin(current: () => World, stream: Stream, reset: () => void): SandboxAdmin {
	return {
		ledger: (reference) => current().ledger.read(reference),
		requests: () => current().log.read(),
		violations: () => current().log.violations(),
		faults: {
			add: (fault) => current().faults.add(fault),
			list: () => current().faults.list(),
			clear: (id) => current().faults.clear(id),
		},
		reset,
		clock: {
			now: () => current().clock.iso(),
			speed: (factor) => {
				if (factor !== undefined) current().clock.speed = positive(factor, 'speed');
				return current().clock.speed;
			},
			advance: (seconds) => {
				const { clock, agenda } = current();
				clock.skip(positive(seconds, 'advanceSeconds') * 1000);
				agenda.runDue();
				return clock.iso();
			},
		},
		tokens: {
			counts: () => current().tokens.counts(),
			revoke: (api) => current().tokens.revoke(api),
		},
		settings: {
			read: () => structuredClone(current().settings),
			patch: (patch) => {
				const world = current();
				world.settings = patchSettings(world.settings, patch);
				return structuredClone(world.settings);
			},
		},
		stream: {
			emit: (frame, clientId) => stream.publish(clientId, frame),
			cut: () => stream.cut(),
			connections: () => stream.connections,
			clientIds: () => stream.clientIds,
			faults: {
				add: (fault) => stream.faults.add(fault),
				list: () => stream.faults.list(),
				clear: () => stream.faults.clear(),
			},
		},
		deposits: (deposits) => deposit(current(), deposits),
		deliveries: () => current().deliveries.list(),
		changeBatch: (id, change) => changeBatch(current(), id, change),
		webhooks: webhookAdmin(current),
	};
}

function positive(value: number, name: string): number {
	if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number from 0 on, not ${value}`);
	return value;
}
