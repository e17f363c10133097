import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { open, sealingKeyOf } from '../../../nodes/Finvis/webhook/sealedSecret';
import type { Called, Engine } from '../../support/n8n';

const BASE = 'http://127.0.0.1:9';
export const URL_OF = (webhookId = 'hook-1', base = BASE) => `${base}/webhook/${webhookId}/webhook`;

let workflows = 0;

/** A workflow with a Finvis Trigger. It calls the hooks in the order in which n8n calls them, and keeps the static data. */
export class Workflow {
	readonly id: string;
	staticData: IDataObject;
	private running: Awaited<ReturnType<Engine['trigger']>> | undefined;

	constructor(
		readonly engine: Engine,
		readonly parameters: IDataObject = {},
		{ staticData = {}, webhookId = 'hook-1', name = 'Node', id = `unnamed ${(workflows += 1)}` } = {},
		private readonly base = BASE,
	) {
		this.id = id;
		this.staticData = staticData;
		this.settings = { parameters: parameters as never, webhookId, name };
	}

	private readonly settings: IDataObject;

	private async hook(method: 'checkExists' | 'create' | 'delete', around: Parameters<Engine['hook']>[2] = {}) {
		const { result, staticData } = await this.engine.hook(this.settings, method, {
			staticData: this.staticData,
			workflowId: this.id,
			base: this.base,
			...around,
		});
		if (!around.isTest) this.staticData = staticData;
		return result;
	}

	/** Runs the hooks and then the trigger, as n8n does. When a hook fails, n8n calls `delete`. */
	async publish(activation: 'activate' | 'update' | 'init' = 'activate') {
		await this.stop();
		try {
			if (!(await this.hook('checkExists', { activation }))) await this.hook('create', { activation });
		} catch (error) {
			await this.hook('delete', { mode: 'internal', activation: 'update' }).catch(() => undefined);
			throw error;
		}
		this.running = await this.engine.trigger(this.settings, { activation, staticData: this.staticData, workflowId: this.id });
		return this.running;
	}

	async unpublish() {
		await this.stop();
		await this.hook('delete', { mode: 'internal', activation: 'update' });
	}

	/** n8n stops, or the worker that runs the trigger. */
	async stop() {
		await this.running?.close();
		this.running = undefined;
	}

	/** Listens in the editor until one call arrives. n8n then calls `delete` with the mode of a published workflow. */
	async test(deliver: () => Promise<void>) {
		const around = { mode: 'manual', activation: 'manual', isTest: true, staticData: {} } as const;
		try {
			if (!(await this.hook('checkExists', around))) await this.hook('create', around);
			await deliver();
		} finally {
			await this.hook('delete', { ...around, mode: 'internal', activation: 'update' });
		}
	}

	/** The secret in static data, which only the credential opens. */
	secretIn({ subscription }: IDataObject): string {
		const { sealed, owner } = subscription as IDataObject;
		return String(open(String(sealed), sealingKeyOf(String(this.engine.credential.clientSecret)), String(owner)));
	}

	async deliver(called: Called) {
		return await this.engine.webhook(this.settings, { staticData: this.staticData, workflowId: this.id, ...called });
	}
}

export const event = (changed: IDataObject = {}): IDataObject => ({
	id: randomUUID(),
	event: 'payment.status.updated',
	created_at: '2026-03-06T10:05:00Z',
	data: { batch_id: 'b1', previous_status: 'processing', status: 'executed' },
	...changed,
});

/** A signed delivery, as Finvis sends it. */
export function signed(secret: string, body: IDataObject | string = event()): Called {
	const rawBody = typeof body === 'string' ? body : JSON.stringify(body);
	return { rawBody, headers: { 'x-finvis-signature': createHmac('sha256', secret).update(rawBody).digest('hex') } };
}
