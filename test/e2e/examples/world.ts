// What the checks of the examples share: an example in n8n, its runs, and what the two APIs hold afterwards.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { outputOf, reasonOf } from '../../../tools/n8n-host/client.mjs';
import { unflatten } from '../../../tools/n8n-host/flatted.mjs';
import { fondoReader } from '../../../tools/soak/fondo.mjs';
import { exampleWith } from '../../../tools/stack.mjs';
import { editorUrl, finvis, sandbox, signedIn } from '../stack.mjs';

const PATIENCE_MS = 90_000;

/** The day it is where the examples are at home. */
export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/** Resolves with what a condition gives when it gives something; fails when it does not. */
export async function eventually(what, ask) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
		const answer = await ask();
		if (answer) return answer;
	}
	throw new Error(`${what}: it did not happen within ${PATIENCE_MS / 1000} s`);
}

/** The items of a node over all its runs, of one of its outputs. */
export const itemsOf = ({ data }, node, output = 0) =>
	(data.resultData.runData[node] ?? []).flatMap((run) => run.data?.main?.[output] ?? []).map(({ json }) => json);

export const outcomesOf = (execution, node) => outputOf(execution, node).map(({ json }) => json.receipt.outcome);

const withSettings = (nodes, settings) =>
	nodes.map((node) => {
		if (node.name !== 'Settings') return node;
		const { assignments } = node.parameters.assignments;
		const unknown = Object.keys(settings).filter((name) => !assignments.some((one) => one.name === name));
		if (unknown.length > 0) throw new Error(`The Settings of the example know no ${unknown}`);
		const changed = assignments.map((one) => (one.name in settings ? { ...one, value: settings[one.name] } : one));
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } };
	});

const JSON_BODY = { 'content-type': 'application/json' };

async function answerOf(response) {
	const answer = await response.json();
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(answer)}`);
	return answer;
}

/** A fresh sandbox, and n8n as its owner sees it. */
export class World {
	sandbox = sandbox;

	static async begin() {
		const world = new World();
		await sandbox.call('POST', '/reset');
		Object.assign(world, await signedIn());
		world.readFondo = await fondoReader(sandbox);
		world.published = [];
		return world;
	}

	async end() {
		for (const workflow of this.published) await this.client.unpublish(workflow);
		await sandbox.call('DELETE', '/faults');
		expect((await sandbox.call('GET', '/violations')).violations).toEqual([]);
	}

	/** The example as the editor imports it, with addresses of its own; the credentials chosen, other values in its Settings and other nodes under a name where given. */
	async imported(file, settings = {}, nodesInstead = {}) {
		const { nodes, ...example } = exampleWith(this.credentials, file);
		const own = withSettings(nodes, settings)
			.map((node) => (node.webhookId ? { ...node, webhookId: randomUUID() } : node))
			.map((node) => ({ ...node, ...nodesInstead[node.name] }));
		return await this.client.createWorkflow({ ...example, nodes: own });
	}

	async publish(workflow) {
		await this.client.publish(workflow);
		this.published.push(workflow);
	}

	async start(workflow, trigger = 'Start') {
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		return (await this.client.call('POST', `/rest/workflows/${workflow.id}/run`, body)).executionId;
	}

	/** Runs it by hand to its end, which must be a good one unless another is expected. */
	async run(workflow, trigger = 'Start', status = 'success') {
		return await this.ends(await this.start(workflow, trigger), status);
	}

	async ends(id, status = 'success') {
		const ended = await this.client.ended(id, PATIENCE_MS);
		const reason = ended.status === 'error' && status === 'success' ? reasonOf(ended) : '';
		expect({ status: ended.status, reason }).toEqual({ status, reason: '' });
		return ended;
	}

	async execution(id) {
		const found = await this.client.call('GET', `/rest/executions/${id}`);
		return { ...found, data: unflatten(found.data) };
	}

	/** Resolves when the execution waits behind a node. */
	async waits(id, node) {
		return await eventually(`execution ${id} waits at '${node}'`, async () => {
			const found = await this.execution(id);
			if (found.status === 'error') throw new Error(reasonOf(found));
			return found.status === 'waiting' && found.data.resultData.lastNodeExecuted === node && found;
		});
	}

	/** The executions of a workflow, the oldest first. */
	async executionsOf({ id: workflowId }) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.client.call('GET', `/rest/executions?filter=${filter}&limit=100`);
		return results.map(({ id, status }) => ({ id, status })).sort((one, other) => one.id - other.id);
	}

	/** The files that a node gave: { name, type, text }. */
	async filesOf(execution, node) {
		const files = outputOf(execution, node).flatMap(({ binary = {} }) => Object.values(binary));
		return await Promise.all(
			files.map(async ({ id, data, fileName, mimeType }) => {
				const path = `/rest/binary-data?id=${encodeURIComponent(id)}&action=download`;
				const text = id === undefined ? Buffer.from(data, 'base64').toString() : (await this.client.request('GET', path)).body;
				return { name: fileName, type: mimeType, text };
			}),
		);
	}

	/** A call of the simulated Fondo past n8n. */
	async fondo(method, path, body) {
		const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'fondo-demo', client_secret: 'fondo-demo-secret' });
		const tokens = await fetch(`${sandbox.fondoUrl}/v2/partner/auth/token`, { method: 'POST', body: form });
		const { access_token: token } = await tokens.json();
		return await answerOf(await fetch(`${sandbox.fondoUrl}/v2/partner${path}`, { method, headers: { ...JSON_BODY, authorization: `Bearer ${token}` }, body: body && JSON.stringify(body) }));
	}

	/** A call of the simulated Finvis past n8n, as another program of the same company makes it; `person` signs it. */
	async finvis(method, path, body, person = 'finvis-demo') {
		const { scopes } = finvis.data;
		const grant = { grant_type: 'client_credentials', client_id: person, client_secret: `${person}-secret`, scope: scopes.join(' ') };
		const tokens = await fetch(`${sandbox.finvisUrl}/auth/token/`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(grant) });
		const { access_token: token } = await tokens.json();
		const headers = { ...JSON_BODY, authorization: `Bearer ${token}`, 'idempotency-key': `${method} ${path} ${JSON.stringify(body)}` };
		return await answerOf(await fetch(`${sandbox.finvisUrl}${path}`, { method, headers, body: body && JSON.stringify(body) }));
	}

	/** All rows of a list of the simulated Finvis. */
	async finvisList(path) {
		const rows = [];
		for (let page = 1; ; page += 1) {
			const { results, next } = await this.finvis('GET', `${path}${path.includes('?') ? '&' : '?'}page=${page}&page_size=200`);
			rows.push(...results);
			if (!next) return rows;
		}
	}

	/** What the two APIs were asked, of one operation. */
	requests = async (operation) => (await sandbox.call('GET', '/requests')).requests.filter(({ operationId }) => operationId === operation);

	ledger = async () => await sandbox.ledger();
}

export { editorUrl };
