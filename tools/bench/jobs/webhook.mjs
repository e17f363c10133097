import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ours, saveTriggerWorkflow } from '../../n8n-host/triggerWorkflow.mjs';
import { credentialsFor } from '../../stack.mjs';
import { milliseconds } from '../numbers.mjs';
import { median, quantile } from '../rounds.mjs';

const SECRET = 'bench-signing-secret';
const PAUSE_MS = 10;
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

/** A signed event, as Finvis sends one, and the same bytes to n8n's own Webhook node, in turns. */
export async function webhook(bench, { rounds, quick, tell }) {
	const count = quick ? 50 : 1_000;
	const { type, data } = credentialsFor(bench.sandbox).find((one) => one.type === 'finvisApi');
	const credential = await bench.client.saveCredential({ name: 'Finvis (webhook)', type, data: { ...data, webhookSecret: SECRET } });
	const mine = await saveTriggerWorkflow({ ...bench, credentials: [credential] }, 'Bench: webhook, our trigger', {
		type: ours('finvisTrigger'),
		events: ['transaction.created'],
		registration: 'manual',
	});
	const path = randomUUID();
	const bare = await saveTriggerWorkflow(bench, 'Bench: webhook, Webhook node', {
		type: 'n8n-nodes-base.webhook',
		httpMethod: 'POST',
		path,
		responseMode: 'onReceived',
	});
	for (const { workflow } of [mine, bare]) await bench.client.publish(workflow);
	const urls = {
		'our trigger': `${bench.editorUrl}/webhook/${mine.workflow.nodes[0].webhookId}/webhook`,
		'Webhook node': `${bench.editorUrl}/webhook/${path}`,
	};
	const measured = [];
	for (let round = 0; round <= rounds; round += 1) {
		const times = Object.fromEntries(Object.keys(urls).map((way) => [way, []]));
		for (let number = 0; number < count; number += 1) {
			const body = JSON.stringify({
				id: randomUUID(),
				event: 'transaction.created',
				data: { id: randomUUID(), amount: '12500.00', currency: 'SEK' },
			});
			const headers = { 'x-finvis-signature': createHmac('sha256', SECRET).update(body).digest('hex') };
			const ways = Object.keys(urls);
			for (const way of number % 2 === 0 ? ways : ways.reverse()) {
				times[way].push(await answered(urls[way], body, headers));
				await sleep(PAUSE_MS);
			}
		}
		const figures = Object.fromEntries(
			Object.entries(times).map(([way, all]) => [way, { half: quantile(all, 0.5), p99: quantile(all, 0.99) }]),
		);
		tell(`${round === 0 ? 'warming up' : `round ${round}`}: ${JSON.stringify(figures)}`);
		if (round > 0) measured.push(figures);
	}
	for (const { workflow } of [mine, bare]) await bench.client.unpublish(workflow);
	const middle = (way, figure) => median(measured.map((figures) => figures[way][figure]));
	const added = (figure) => median(measured.map((figures) => figures['our trigger'][figure] - figures['Webhook node'][figure]));
	return {
		title: 'Webhook: verified and answered',
		unit: 'ms at p99',
		bars: Object.keys(urls).map((way) => [way, middle(way, 'p99')]),
		table: [
			['way', 'half of them', 'p99'],
			...Object.keys(urls).map((way) => [way, milliseconds(middle(way, 'half')), milliseconds(middle(way, 'p99'))]),
			['added by us, median of the rounds', milliseconds(added('half')), milliseconds(added('p99'))],
		],
		verdicts: [{ goal: '< 1 ms added at p99', measured: milliseconds(added('p99')), reached: added('p99') < 1 }],
	};
}
