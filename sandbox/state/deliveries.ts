import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** One signed notification, before the first attempt to send it. */
export interface WebhookMessage {
	id: string;
	webhookId?: string;
	url: string;
	event: string;
	/** The exact bytes to send. */
	body: string;
	signature?: string;
}

export interface Delivery extends WebhookMessage {
	/** HTTP status of each attempt; 0 when no response arrived. */
	attempts: number[];
	state: 'sending' | 'delivered' | 'failed';
	/** Why the sandbox sends nothing. */
	problem?: string;
}

const MAX_ATTEMPTS = 4;
const TIMEOUT_MS = 5000;

/** Outgoing notifications, sent and recorded: Finvis webhooks and Fondo journey callbacks. */
export class Deliveries {
	private readonly deliveries: Delivery[] = [];
	private readonly stopped = new AbortController();

	constructor() {
		setMaxListeners(0, this.stopped.signal);
	}

	list(): Delivery[] {
		return this.deliveries.map((delivery) => ({ ...delivery, attempts: [...delivery.attempts] }));
	}

	get(id: string): Delivery | undefined {
		return this.deliveries.find((delivery) => delivery.id === id);
	}

	/** Sends in the background. Waits `retryDelayMs` before the second attempt, twice and three times as long before the next two. */
	send(message: WebhookMessage, retryDelayMs: number): void {
		void this.deliver(this.record(message), retryDelayMs, MAX_ATTEMPTS);
	}

	/** Resolves after the only attempt. */
	async sendOnce(message: WebhookMessage): Promise<Delivery> {
		const delivery = this.record(message);
		await this.deliver(delivery, 0, 1);
		return delivery;
	}

	/** Aborts running attempts and pending retries. The sandbox calls this when it stops or resets. */
	stop(): void {
		this.stopped.abort();
	}

	private record(message: WebhookMessage): Delivery {
		const problem = callbackUrlProblem(message.url);
		const delivery: Delivery = { ...message, attempts: [], state: problem === undefined ? 'sending' : 'failed', problem };
		this.deliveries.push(delivery);
		return delivery;
	}

	private async deliver(delivery: Delivery, retryDelayMs: number, maxAttempts: number): Promise<void> {
		for (let attempt = 1; attempt <= maxAttempts && delivery.state === 'sending' && !this.stopped.signal.aborted; attempt += 1) {
			const status = await this.post(delivery);
			delivery.attempts.push(status);
			if (status >= 200 && status < 300) delivery.state = 'delivered';
			else if (attempt < maxAttempts)
				await sleep(retryDelayMs * attempt, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
		if (delivery.state === 'sending') delivery.state = 'failed';
	}

	private async post({ url, body, signature }: Delivery): Promise<number> {
		const signatureHeader: Record<string, string> = signature === undefined ? {} : { 'x-finvis-signature': signature };
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close', ...signatureHeader },
				body,
				redirect: 'manual',
				signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(TIMEOUT_MS)]),
			});
			await response.arrayBuffer();
			return response.status;
		} catch {
			return 0;
		}
	}
}

/** Why the sandbox does not send to an address, or undefined when it does: https anywhere, http only on this machine. */
export function callbackUrlProblem(address: string): string | undefined {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return `"${address}" is not a complete address`;
	}
	if (url.protocol === 'https:') return undefined;
	const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol === 'http:' && loopback) return undefined;
	return `"${address}" must start with https:// or be http:// on this machine (localhost, 127.0.0.1)`;
}
