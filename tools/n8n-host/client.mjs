import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../ask.mjs';
import { Failure } from '../failure.mjs';
import { unflatten } from './flatted.mjs';

const POLL_MS = 250;
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** The REST calls that n8n's own editor makes, on behalf of one signed-in user. */
export class N8nClient {
	#cookie = '';

	#apiKey;

	// The login cookie is bound to the browser id that was sent at login.
	#browserId = randomUUID();

	constructor(url) {
		this.url = url;
	}

	/** The raw answer: { status, body }. */
	async request(method, path, body) {
		const response = await ask(`${this.url}${path}`, {
			method,
			headers: {
				accept: 'application/json',
				'browser-id': this.#browserId,
				...(this.#cookie && { cookie: this.#cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body && JSON.stringify(body),
		});
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.#cookie = cookie.split(';')[0];
		return { status: response.status, body: await response.text() };
	}

	async call(method, path, body) {
		const answer = await this.request(method, path, body);
		if (answer.status >= 400) throw new Failure(`n8n answered ${answer.status} to ${method} ${path}: ${answer.body.slice(0, 500)}`);
		const parsed = JSON.parse(answer.body);
		return 'data' in parsed ? parsed.data : parsed;
	}

	/** A call of n8n's public API, with a key made for it. */
	async publicApi(method, path) {
		this.#apiKey ??= await this.#newApiKey();
		const response = await ask(`${this.url}/api/v1${path}`, { method, headers: { 'x-n8n-api-key': this.#apiKey } });
		if (!response.ok) throw new Failure(`n8n answered ${response.status} to ${method} ${path}: ${await response.text()}`);
		return await response.json();
	}

	async #newApiKey() {
		const scopes = ['execution:list', 'execution:read'];
		return (await this.call('POST', '/rest/api-keys', { label: randomUUID(), scopes, expiresAt: null })).rawApiKey;
	}

	/** Creates the owner at the first start and signs in at later ones. */
	async signIn({ email, password, firstName, lastName }) {
		const setup = await this.request('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		if (setup.status < 400) return;
		const login = await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		if (login.status >= 400) {
			throw new Failure(
				`n8n neither created its owner (${setup.status}) nor let it in (${login.status}): ${login.body.slice(0, 200)}`,
				'if its password was changed in the editor, start with --fresh to forget what that n8n remembers',
			);
		}
	}

	/** Creates the credential, or gives the one of this name its new data. */
	async saveCredential({ name, type, data }) {
		const existing = (await this.call('GET', '/rest/credentials')).find((one) => one.name === name && one.type === type);
		if (!existing) return await this.call('POST', '/rest/credentials', { name, type, data });
		return await this.call('PATCH', `/rest/credentials/${existing.id}`, { name, type, data });
	}

	/** What the Test button does: { status, message }. */
	async testCredential({ id, name, type }, data) {
		return await this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	async workflowsNamed(name) {
		const found = (await this.call('GET', '/rest/workflows')).filter((one) => one.name === name);
		return await Promise.all(found.map(async ({ id }) => await this.call('GET', `/rest/workflows/${id}`)));
	}

	async createWorkflow({ name, nodes, connections, settings }) {
		return await this.call('POST', '/rest/workflows', { name, nodes, connections, settings, active: false });
	}

	/** Publishes the workflow as it is saved, and waits until its triggers are on. */
	async publish({ id, versionId }, timeoutMs = 30_000) {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const { status } = await this.call('GET', `/rest/workflows/${id}/publication-status`);
			if (status === 'published') return;
			// n8n answers not_published, too, when it asks its tables in the moment between two of them.
			if (['failed', 'partial'].includes(status) || Date.now() > deadline) throw new Failure(`The workflow was not published: ${status}`);
			await sleep(POLL_MS);
		}
	}

	/** Turns the triggers of a workflow off. */
	async unpublish({ id }) {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** What the Execute workflow button does; resolves with the ended execution. */
	async run(workflow, trigger, timeoutMs = 60_000) {
		const { executionId } = await this.call('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger },
		});
		return await this.ended(executionId, timeoutMs);
	}

	/** What Retry in the list of executions does; resolves with the ended execution. */
	async retry(executionId, timeoutMs = 60_000) {
		const { id } = await this.call('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow: false });
		return await this.ended(id, timeoutMs);
	}

	async ended(executionId, timeoutMs) {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.call('GET', `/rest/executions/${executionId}`);
			if (ENDED.includes(execution.status)) return { ...execution, data: unflatten(execution.data) };
			if (Date.now() > deadline) throw new Failure(`Execution ${executionId} is still ${execution.status} after ${timeoutMs / 1000} s`);
			await sleep(POLL_MS);
		}
	}

	/** What a From List field shows: { results: [{ name, value }], paginationToken }. */
	async listSearch({ node, method, path, filter }) {
		return await this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			path,
			methodName: method,
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
			filter,
		});
	}
}

/** The items a node gave in an execution. */
export const outputOf = (execution, node) => execution.data.resultData.runData[node]?.[0]?.data?.main?.[0] ?? [];

/** Why an execution failed, in one line. */
export function reasonOf({ data }) {
	const { error, lastNodeExecuted } = data.resultData;
	return `${lastNodeExecuted}: ${error?.message ?? 'no reason given'}${error?.description ? ` (${error.description})` : ''}`;
}
