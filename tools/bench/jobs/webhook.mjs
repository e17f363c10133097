import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ours, saveTriggerWorkflow } from '../../n8n-host/triggerWorkflow.mjs';
import { credentialsFor } from '../../stack.mjs';
import { milliseconds } from '../numbers.mjs';
import { quantile } from '../rounds.mjs';

const SECRET = 'bench-signing-secret';
/** Longer than n8n works on the execution after it has answered. */
const PAUSE_MS = 75;
/** Requests that are not counted: nothing is warm then. */
const WARM_UP = 50;
const agent = new Agent({ keepAlive: true });

/** Milliseconds from the first byte of the call to the last of the answer. */
async function answered(url, body, headers) {
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

const AUTHORIZED = { name: 'x-bench', value: 'bench-header-secret' };

/** n8n's own Webhook node, also with a credential that it checks: for a workflow with one n8n does more, whatever node has it. */
async function webhookNode(bench, name, credential) {
	const path = randomUUID();
	const saved = await saveTriggerWorkflow(bench, `Bench: ${name}`, {
		type: 'n8n-nodes-base.webhook',
		httpMethod: 'POST',
		path,
		responseMode: 'onReceived',
		...(credential && { authentication: 'headerAuth', own: { httpHeaderAuth: { id: credential.id, name: credential.name } } }),
	});
	return { ...saved, url: `${bench.editorUrl}/webhook/${path}` };
}

/** A signed event, as Finvis sends one, and the same bytes to n8n's own Webhook node, in turns. */
export async function webhook(bench, { quick, tell }) {
	const count = quick ? 50 : 1_500;
	const { type, data } = credentialsFor(bench.sandbox).find((one) => one.type === 'finvisApi');
	const credential = await bench.client.saveCredential({ name: 'Finvis (webhook)', type, data: { ...data, webhookSecret: SECRET } });
	const mine = await saveTriggerWorkflow({ ...bench, credentials: [credential] }, 'Bench: webhook, our trigger', {
		type: ours('finvisTrigger'),
		events: ['transaction.created'],
		registration: 'manual',
	});
	const header = await bench.client.saveCredential({ name: 'Header (webhook)', type: 'httpHeaderAuth', data: AUTHORIZED });
	const bare = await webhookNode(bench, 'Webhook node');
	const guarded = await webhookNode(bench, 'Webhook node, with a credential', header);
	for (const { workflow } of [mine, bare, guarded]) await bench.client.publish(workflow);
	const workflows = { 'our trigger': mine.workflow, 'Webhook node': bare.workflow, 'Webhook node, with a credential': guarded.workflow };
	const urls = {
		'our trigger': `${bench.editorUrl}/webhook/${mine.workflow.nodes[0].webhookId}/webhook`,
		'Webhook node': bare.url,
		'Webhook node, with a credential': guarded.url,
	};
	const ways = Object.keys(urls);
	const times = Object.fromEntries(ways.map((way) => [way, []]));
	for (let number = -WARM_UP; number < count; number += 1) {
		if (number === 0) for (const way of ways) await bench.probe.answering(workflows[way]);
		const body = JSON.stringify({
			id: randomUUID(),
			event: 'transaction.created',
			data: { id: randomUUID(), amount: '12500.00', currency: 'SEK' },
		});
		const signature = createHmac('sha256', SECRET).update(body).digest('hex');
		const headers = { 'x-finvis-signature': signature, [AUTHORIZED.name]: AUTHORIZED.value };
		for (const way of number % 2 === 0 ? ways : ways.toReversed()) {
			const time = await answered(urls[way], body, headers);
			if (number >= 0) times[way].push(time);
			await sleep(PAUSE_MS);
		}
	}
	const figures = {};
	for (const way of ways) {
		const own = await bench.probe.answering(workflows[way]);
		figures[way] = {
			half: quantile(times[way], 0.5),
			p99: quantile(times[way], 0.99),
			ownHalf: quantile(own, 0.5),
			ownP99: quantile(own, 0.99),
		};
	}
	tell(JSON.stringify(figures));
	for (const workflow of Object.values(workflows)) await bench.client.unpublish(workflow);
	const [node, other, withCredential] = ways.map((way) => figures[way]);
	const beyond = (one) => Object.fromEntries(Object.keys(node).map((figure) => [figure, node[figure] - one[figure]]));
	const added = beyond(other);
	const cells = ({ half, p99, ownHalf, ownP99 }) => [half, p99, ownHalf, ownP99].map(milliseconds);
	return {
		title: `${count.toLocaleString('en')} webhooks: verified and answered`,
		unit: 'ms at p99',
		bars: ways.map((way) => [way, figures[way].p99]),
		table: [
			['way', 'answered, half of them', 'answered, p99', 'of it the node itself, half of them', 'p99'],
			...ways.map((way) => [way, ...cells(figures[way])]),
			['added by us', ...cells(added)],
			['added by us to one with a credential', ...cells(beyond(withCredential))],
		],
		verdicts: [
			{ goal: '< 1 ms added at p99 by the node', measured: milliseconds(added.ownP99), reached: added.ownP99 < 1 },
			{ goal: 'the same, with all that n8n does around it', measured: milliseconds(added.p99), reached: added.p99 < 1 },
		],
	};
}
