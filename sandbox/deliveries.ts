import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { targetProblem } from './data/target';

export interface Parcel {
	id: string;
	webhookId?: string;
	url: string;
	event: string;
	/** Exactly the bytes that are sent. */
	body: string;
	signature?: string;
}

export interface Delivery extends Parcel {
	/** Status of each try; 0 when nobody answered. */
	attempts: number[];
	state: 'sending' | 'delivered' | 'failed';
	/** Why nothing was sent. */
	problem?: string;
}

const TRIES = 4;
const TIMEOUT_MS = 5000;

/** Outgoing notifications: Finvis webhooks and Fondo journey callbacks. */
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

	/** Sends in the background; tries again at `pause`, twice and three times that. */
	send(parcel: Parcel, pause: number): void {
		void this.deliver(this.accept(parcel), pause, TRIES);
	}

	/** Resolves when the only try is over. */
	async sendOnce(parcel: Parcel): Promise<Delivery> {
		const delivery = this.accept(parcel);
		await this.deliver(delivery, 0, 1);
		return delivery;
	}

	/** Ends what is under way; used when the sandbox stops or starts over. */
	stop(): void {
		this.stopped.abort();
	}

	private accept(parcel: Parcel): Delivery {
		const problem = targetProblem(parcel.url);
		const delivery: Delivery = { ...parcel, attempts: [], state: problem === undefined ? 'sending' : 'failed', problem };
		this.deliveries.push(delivery);
		return delivery;
	}

	private async deliver(delivery: Delivery, pause: number, tries: number): Promise<void> {
		for (let attempt = 1; attempt <= tries && delivery.state === 'sending' && !this.stopped.signal.aborted; attempt += 1) {
			const status = await this.post(delivery);
			delivery.attempts.push(status);
			if (status >= 200 && status < 300) delivery.state = 'delivered';
			else if (attempt < tries) await sleep(pause * attempt, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
		if (delivery.state === 'sending') delivery.state = 'failed';
	}

	private async post({ url, body, signature }: Delivery): Promise<number> {
		const signed: Record<string, string> = signature === undefined ? {} : { 'x-finvis-signature': signature };
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close', ...signed },
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
