import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { FinvisClient, FondoClient } from './apiClient';
import { bodyOf, fetchPatiently } from './fetchPatiently';
import { startService } from './service';

const newSuffix = () => `+${randomUUID().slice(0, 8)}`;

const HOUR_S = 3_600;
const START_TIMEOUT_MS = 60_000;
const READY_LINE = 'SANDBOX_READY ';

export interface SandboxPorts {
	readonly fondo: number;
	readonly finvis: number;
	readonly admin: number;
}

/** Where the sandbox listens by default; the environment *Local Sandbox* of the credentials. */
export const SANDBOX_PORTS: SandboxPorts = { fondo: 4010, finvis: 4020, admin: 4030 };

/** What the sandbox writes down of each act that moves money. */
export interface LedgerEntry {
	readonly seq: number;
	readonly api: 'fondo' | 'finvis';
	readonly kind: string;
	readonly reference: string;
	readonly objectId: string;
	readonly batchId?: string;
	readonly idempotencyKey?: string;
	readonly amount: string;
	readonly currency: string;
	readonly account: string;
	readonly counterparty?: string;
}

export interface LoggedRequest {
	readonly seq: number;
	/** By the clock of the sandbox. */
	readonly time: string;
	readonly api: 'fondo' | 'finvis';
	/** The client that the token belongs to. */
	readonly clientId?: string;
	readonly operationId: string;
	readonly method: string;
	readonly path: string;
	readonly status: number;
}

export interface Delivery {
	readonly id: string;
	readonly url: string;
	readonly state: 'sending' | 'delivered' | 'failed';
	readonly attempts: readonly number[];
	readonly body: string;
}

export interface Webhook {
	readonly id: string;
	readonly url: string;
	readonly events: readonly string[];
}

export interface Fault {
	readonly match?: { api?: string; path?: string; method?: string; probability?: number; nth?: number };
	readonly kind: string;
	readonly times?: number;
	readonly status?: number;
	readonly body?: unknown;
	readonly delayMs?: number;
	readonly retryAfter?: number;
	/** Whether the API executes the call before the trouble begins. */
	readonly after?: boolean;
}

export interface Deposit {
	readonly clientId?: string;
	readonly accountId?: string;
	readonly count?: number;
	readonly amount?: number;
}

/** A running sandbox: the addresses of both APIs, its admin API, and clients of both APIs. */
export class SandboxClient {
	readonly fondoUrl: string;

	readonly finvisUrl: string;

	/** Fondo past n8n. */
	readonly fondo: FondoClient;

	/** Finvis past n8n, as the person who prepares payments. */
	readonly finvis: FinvisClient;

	/** Finvis past n8n, as another person, who may approve them. */
	readonly approver: FinvisClient;

	readonly #adminUrl: string;

	constructor({ fondo, finvis, admin }: SandboxPorts) {
		this.fondoUrl = `http://127.0.0.1:${fondo}`;
		this.finvisUrl = `http://127.0.0.1:${finvis}/public`;
		this.#adminUrl = `http://127.0.0.1:${admin}`;
		this.fondo = new FondoClient(this.fondoUrl);
		this.finvis = new FinvisClient(this.finvisUrl);
		this.approver = new FinvisClient(this.finvisUrl, 'finvis-approver');
	}

	/** A call of the admin API that has no method here. */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetchPatiently(`${this.#adminUrl}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (response.ok) return await bodyOf<T>(response);
		throw new Failure(`The sandbox answered ${response.status} to ${method} ${path}: ${await response.text()}`);
	}

	/** Ends the client IDs of n8n, so that n8n is a client that has sent nothing to this sandbox: the nodes never forget what a client has sent. */
	clientSuffix = newSuffix();

	/** Forgets everything, as after a start. */
	async reset(): Promise<void> {
		await this.call('POST', '/reset');
		this.clientSuffix = newSuffix();
	}

	ledger = async () => (await this.call<{ entries: LedgerEntry[] }>('GET', '/ledger')).entries;

	/** The calls that both APIs received, the oldest first; only those of one operation where given. */
	requests = async (operation?: string) =>
		(await this.call<{ requests: LoggedRequest[] }>('GET', '/requests')).requests.filter(
			({ operationId }) => operation === undefined || operationId === operation,
		);

	/** Answers of the sandbox that do not fit its own contract. */
	violations = async () => (await this.call<{ violations: unknown[] }>('GET', '/violations')).violations;

	addFaults = async (faults: Fault | readonly Fault[]) => await this.call('POST', '/faults', faults);

	faults = async () => (await this.call<{ faults: Array<Fault & { applied: number }> }>('GET', '/faults')).faults;

	clearFaults = async () => await this.call('DELETE', '/faults');

	setSpeed = async (speed: number) => await this.call('POST', '/clock', { speed });

	advance = async (seconds: number) => await this.call('POST', '/clock', { advanceSeconds: seconds });

	changeSettings = async (settings: unknown) => await this.call('PATCH', '/settings', settings);

	revokeTokens = async (api: 'fondo' | 'finvis') => await this.call('POST', '/tokens/revoke', { api });

	/** Money that arrives: the account, and the IDs of the transactions. */
	deposit = async (deposit: Deposit) => await this.call<{ account: string; transactions: string[] }>('POST', '/deposits', deposit);

	/** How many event streams are open. */
	streams = async () => (await this.call<{ connections: number }>('GET', '/stream')).connections;

	/** Cuts all event streams: how many there were. */
	cutStreams = async () => (await this.call<{ cut: number }>('POST', '/stream/cut')).cut;

	webhooks = async () => (await this.call<{ webhooks: Webhook[] }>('GET', '/webhooks')).webhooks;

	removeWebhook = async (id: string) => await this.call('DELETE', `/webhooks/${id}`);

	/** An event of Finvis: the IDs of its deliveries. */
	emitEvent = async (event: string, data: unknown = {}) =>
		(await this.call<{ deliveries: string[] }>('POST', '/events', { event, data })).deliveries;

	deliveries = async () => (await this.call<{ deliveries: Delivery[] }>('GET', '/deliveries')).deliveries;

	redeliver = async (id: string, tamper?: string) => await this.call<Delivery>('POST', `/deliveries/${id}/redeliver`, { tamper });

	/** Advances the clock of the sandbox until the condition holds: hours of a bank are moments here. */
	async advanceUntil(condition: () => Promise<boolean>, maxHours = 240): Promise<void> {
		for (let hour = 0; !(await condition()); hour += 1) {
			if (hour === maxHours) throw new Failure(`The condition did not hold within ${maxHours} hours of the sandbox`);
			await this.advance(HOUR_S);
		}
	}
}

/** A minute passes in a second, so that suites see orders settle. */
const SUITE_SPEED = 60;

/** Starts both simulated APIs and resolves when they answer. `speed` is the speed of their clock. */
export async function startSandbox(
	ports: SandboxPorts,
	logFile: string,
	{ speed = SUITE_SPEED }: { speed?: number } = {},
): Promise<SandboxClient> {
	const options = Object.entries({ 'fondo-port': ports.fondo, 'finvis-port': ports.finvis, 'admin-port': ports.admin, speed }).flatMap(
		([name, value]) => [`--${name}`, String(value)],
	);
	await startService('The sandbox', process.execPath, [join(projectRoot, 'tools', 'base', 'command.js'), 'sandbox', ...options], {
		cwd: projectRoot,
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes(READY_LINE),
	});
	return new SandboxClient(ports);
}
