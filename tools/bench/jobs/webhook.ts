import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SavedCredential, SavedWorkflow } from '../../harness/n8n/client';
import { ours, referTo, saveTriggerWorkflow } from '../../harness/n8n/workflow';
import { credentialsFor } from '../../harness/stack';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { milliseconds } from '../numbers';
import { quantile } from '../rounds';

const SECRET = 'bench-signing-secret';
const HEADER = { name: 'x-bench', value: 'bench-header-secret' };
/** Longer than n8n works on the execution after its answer. */
const PAUSE_MS = 75;
/** Requests that do not count, because nothing is warm yet. */
const WARM_UP = 50;
const agent = new Agent({ keepAlive: true });

/** Milliseconds from the first byte of the request to the last byte of the answer. */
async function answerTime(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
	const began = performance.now();
	const status = await new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (response) =>
			response.resume().once('end', () => resolve(response.statusCode)),
		);
		call.once('error', reject).end(body);
	});
	if (status !== 200) throw new Error(`${url} answered ${status}`);
	return performance.now() - began;
}

interface Way {
	readonly name: string;
	readonly workflow: SavedWorkflow;
	readonly url: string;
	/** Milliseconds. */
	readonly times: number[];
}

/** n8n's own Webhook node. With a credential n8n does more for the workflow, whichever node has the credential. */
async function webhookNode(bench: BenchStack, name: string, credential?: SavedCredential): Promise<Way> {
	const path = randomUUID();
	const { workflow } = await saveTriggerWorkflow(bench, `Bench: ${name}`, {
		type: 'n8n-nodes-base.webhook',
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', ...(credential && { authentication: 'headerAuth' }) },
		credentials: credential && referTo(credential),
	});
	return { name, workflow, url: `${bench.editorUrl}/webhook/${path}`, times: [] };
}

async function finvisTrigger(bench: BenchStack): Promise<Way> {
	const [, { type, data }] = credentialsFor(bench.sandbox);
	const credential = await bench.client.saveCredential({ name: 'Finvis (webhook)', type, data: { ...data, webhookSecret: SECRET } });
	const { workflow } = await saveTriggerWorkflow({ ...bench, credentials: [credential] }, 'Bench: webhook, our trigger', {
		type: ours('finvisTrigger'),
		parameters: { events: ['transaction.created'], registration: 'manual' },
	});
	const [{ webhookId }] = workflow.nodes;
	return { name: 'our trigger', workflow, url: `${bench.editorUrl}/webhook/${webhookId}/webhook`, times: [] };
}

const newEvent = () =>
	JSON.stringify({
		id: randomUUID(),
		event: 'transaction.created',
		data: { id: randomUUID(), amount: '12500.00', currency: 'SEK' },
	});

interface Figures {
	readonly half: number;
	readonly p99: number;
	/** Of these the node itself. */
	readonly ownHalf: number;
	readonly ownP99: number;
}

const minus = (one: Figures, other: Figures): Figures => ({
	half: one.half - other.half,
	p99: one.p99 - other.p99,
	ownHalf: one.ownHalf - other.ownHalf,
	ownP99: one.ownP99 - other.ownP99,
});

/** Sends signed events, as Finvis does, and the same bytes to n8n's own Webhook node, in turns. */
export async function webhook(bench: BenchStack, { quick, log }: BenchPlan): Promise<JobResult> {
	const { client, probe } = bench;
	const count = quick ? 50 : 1_500;
	const header = await client.saveCredential({ name: 'Header (webhook)', type: 'httpHeaderAuth', data: HEADER });
	const ways = [
		await finvisTrigger(bench),
		await webhookNode(bench, 'Webhook node'),
		await webhookNode(bench, 'Webhook node, with a credential', header),
	];
	for (const { workflow } of ways) await client.publish(workflow);
	for (let number = -WARM_UP; number < count; number += 1) {
		if (number === 0) for (const { workflow } of ways) await probe.answering(workflow);
		const body = newEvent();
		const signature = createHmac('sha256', SECRET).update(body).digest('hex');
		const headers = { 'x-finvis-signature': signature, [HEADER.name]: HEADER.value };
		for (const way of number % 2 === 0 ? ways : [...ways].reverse()) {
			const time = await answerTime(way.url, body, headers);
			if (number >= 0) way.times.push(time);
			await sleep(PAUSE_MS);
		}
	}
	const figuresOf = async ({ workflow, times }: Way): Promise<Figures> => {
		const own = await probe.answering(workflow);
		return { half: quantile(times, 0.5), p99: quantile(times, 0.99), ownHalf: quantile(own, 0.5), ownP99: quantile(own, 0.99) };
	};
	const figures: Figures[] = [];
	for (const way of ways) figures.push(await figuresOf(way));
	log(JSON.stringify(Object.fromEntries(ways.map(({ name }, index) => [name, figures[index]]))));
	for (const { workflow } of ways) await client.unpublish(workflow);
	const [own, bare, withCredential] = figures;
	const added = minus(own, bare);
	const cells = ({ half, p99, ownHalf, ownP99 }: Figures) => [half, p99, ownHalf, ownP99].map(milliseconds);
	return {
		title: `${count.toLocaleString('en')} webhooks: verified and answered`,
		unit: 'ms at p99',
		bars: ways.map(({ name }, index) => [name, figures[index].p99]),
		table: [
			['way', 'answered, half of them', 'answered, p99', 'the node itself, half of them', 'p99'],
			...ways.map(({ name }, index) => [name, ...cells(figures[index])]),
			['added by us', ...cells(added)],
			['added by us to a Webhook node with a credential', ...cells(minus(own, withCredential))],
		],
		verdicts: [
			{ goal: '< 1 ms added at p99 by the node', measured: milliseconds(added.ownP99), reached: added.ownP99 < 1 },
			{ goal: "the same, with n8n's own work", measured: milliseconds(added.p99), reached: added.p99 < 1 },
		],
	};
}
