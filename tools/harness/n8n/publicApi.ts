import { Failure } from '../../base/failure';
import { bodyOf, fetchPatiently } from '../fetchPatiently';
import { until } from '../until';
import type { CredentialData, SavedCredential, SavedWorkflow, WorkflowContent } from './client';

/** The release in n8n's page: a base64 object with `"release":"n8n@2.41.1"`. */
const RELEASE = /name="n8n:config:sentry" content="([^"]+)"/;

/** n8n's public API in the name of a user, for an n8n that somebody else started. It can remove everything that it made. */
export class PublicApi {
	readonly #made: Array<{ readonly path: string; readonly isWorkflow: boolean }> = [];

	constructor(
		readonly url: string,
		private readonly apiKey: string,
	) {}

	async #send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = fetchPatiently(`${this.url}${path}`, {
			method,
			headers: { 'x-n8n-api-key': this.apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return await response.catch((error: Error & { cause?: Error }) => {
			const reason = error.cause?.message || error.message;
			throw new Failure(`No n8n answers at ${this.url} (${reason})`, 'start that n8n, or correct the address after --n8n');
		});
	}

	/** The data of a good answer. */
	async publicApi<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.#send(method, `/api/v1${path}`, body);
		if (response.ok) return await bodyOf<T>(response);
		const text = (await response.text()).slice(0, 500);
		throw new Failure(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
	}

	/** Finds out that n8n answers, accepts the key and has these credential types. */
	async requirePackage(name: string, credentialTypes: readonly string[]): Promise<void> {
		const { status } = await this.#send('GET', '/api/v1/workflows?limit=1');
		if (status === 401 || status === 403) {
			throw new Failure(
				`n8n refuses the API key (${status})`,
				'make a key with all scopes under Settings > n8n API, and give it after --api-key',
			);
		}
		if (status !== 200) {
			throw new Failure(
				`${this.url} has no public API of n8n (${status})`,
				'give the address of the editor after --n8n, and leave N8N_PUBLIC_API_DISABLED out of its settings',
			);
		}
		for (const type of credentialTypes) {
			const schema = await this.#send('GET', `/api/v1/credentials/schema/${type}`);
			if (!schema.ok) {
				throw new Failure(
					`This n8n does not have ${name}: it does not know the credential ${type} (${schema.status})`,
					'install the package as README.md says, and restart n8n; n8n 3.0 also needs N8N_UNVERIFIED_PACKAGES_ENABLED=true',
				);
			}
		}
	}

	/** The version of n8n, as its page says it. */
	async version(): Promise<string | undefined> {
		const [, encoded = ''] = RELEASE.exec(await (await this.#send('GET', '/')).text()) ?? [];
		return /n8n@([\w.-]+)/.exec(Buffer.from(encoded, 'base64').toString())?.[1];
	}

	async createCredential({ name, type, data }: CredentialData): Promise<SavedCredential> {
		// n8n (1.123) demands a list of domains where this field of its own is missing, and refuses fields that the panel does not show.
		const whole = { allowedHttpRequestDomains: 'all', ...data, ...(data.tenantMode === 'own' && { tenantId: undefined }) };
		const { id } = await this.publicApi<SavedCredential>('POST', '/credentials', { name, type, data: whole });
		this.#made.push({ path: `/credentials/${id}`, isWorkflow: false });
		return { id, name, type };
	}

	async createWorkflow({ name, nodes, connections, settings = {} }: WorkflowContent): Promise<SavedWorkflow> {
		const saved = await this.publicApi<SavedWorkflow>('POST', '/workflows', { name, nodes, connections, settings });
		this.#made.push({ path: `/workflows/${saved.id}`, isWorkflow: true });
		return saved;
	}

	/** Turns the triggers of a workflow on. They may need a moment more. */
	async publish({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.publicApi('POST', `/workflows/${id}/activate`, {});
	}

	/** Deletes what this object made, with the executions: what n8n did not delete. */
	async removeAll(): Promise<string[]> {
		const made = this.#made.splice(0);
		for (const { path } of made.filter(({ isWorkflow }) => isWorkflow)) {
			await this.publicApi('POST', `${path}/deactivate`, {}).catch(() => undefined);
		}
		const left: string[] = [];
		// The workflows first: a workflow needs its credential to unregister its webhook.
		for (const { path } of [...made].sort((one, other) => Number(other.isWorkflow) - Number(one.isWorkflow))) {
			// 409: n8n is still turning the triggers off.
			const isDeleted = async () => {
				const { status } = await this.#send('DELETE', `/api/v1${path}`);
				if (status >= 400 && status !== 409 && status !== 404) throw new Failure(`n8n answered ${status}`);
				return status !== 409;
			};
			await until(isDeleted, { what: 'n8n deletes it', timeoutMs: 60_000, everyMs: 500 }).catch(({ message }: Error) =>
				left.push(`${path}: ${message}`),
			);
		}
		return left;
	}
}
