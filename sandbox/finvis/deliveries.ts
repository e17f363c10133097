import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world';
import type { FinvisEvent, Webhook } from './objects';
import { sign } from './signature';

export interface Delivery {
	id: string;
	webhookId: string;
	url: string;
	event: string;
	body: string;
	signature: string;
	/** Status of each try; 0 when nobody answered. */
	attempts: number[];
	state: 'sending' | 'delivered' | 'failed';
}

const TRIES = 4;
const TIMEOUT_MS = 5000;

export class Deliveries {
	private readonly deliveries: Delivery[] = [];
	private readonly stopped = new AbortController();

	list(): Delivery[] {
		return this.deliveries.map((delivery) => ({ ...delivery, attempts: [...delivery.attempts] }));
	}

	/** Sends the event to every webhook of the tenant that asked for it. */
	send({ tenantId, event, data }: FinvisEvent, world: World): void {
		const hooks = world.finvis.tenant(tenantId).webhooks.all();
		for (const hook of hooks) {
			if (!hook.active || !hook.events.includes(event)) continue;
			const id = world.random.uuid();
			const body = JSON.stringify({ id, event, created_at: world.clock.iso(), tenant_id: tenantId, data });
			void this.deliver(hook, { id, event, body }, world.settings.finvis.webhookRetryMilliseconds);
		}
	}

	/** Ends what is under way; used when the sandbox stops or starts over. */
	stop(): void {
		this.stopped.abort();
	}

	private async deliver(hook: Webhook, { id, event, body }: Pick<Delivery, 'id' | 'event' | 'body'>, pause: number): Promise<void> {
		const signature = sign(hook.secret, body);
		const delivery: Delivery = { id, webhookId: hook.id, url: hook.url, event, body, signature, attempts: [], state: 'sending' };
		this.deliveries.push(delivery);
		for (let attempt = 1; attempt <= TRIES && delivery.state === 'sending' && !this.stopped.signal.aborted; attempt += 1) {
			const status = await this.post(hook.url, body, signature);
			delivery.attempts.push(status);
			if (status >= 200 && status < 300) delivery.state = 'delivered';
			else if (attempt < TRIES) await sleep(pause * attempt, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
		if (delivery.state === 'sending') delivery.state = 'failed';
	}

	private async post(url: string, body: string, signature: string): Promise<number> {
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-finvis-signature': signature, connection: 'close' },
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
