// n8n's form pages as people use them in their browsers.
import { randomUUID } from 'node:crypto';
import type { N8nClient, WorkflowContent } from '../../../tools/harness/n8n/client';
import { bodyOf } from '../../../tools/harness/fetchPatiently';
import { OWNER } from '../../../tools/harness/stack';
import { editorUrl, present, type World } from './world';

interface UploadedFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The value of a form field; a list is what a person chose from radio buttons and boxes. */
export type FieldValue = string | number | readonly string[] | UploadedFile;

const isFile = (value: FieldValue): value is UploadedFile => typeof value === 'object' && 'bytes' in value;

const COLLEAGUE = { password: 'Four-eyes-see-more-1', firstName: 'Kim', lastName: 'Colleague' };

/** A person with a browser; a stranger until signed in. */
export class Person {
	#cookies = new Map<string, string>();

	#browserId = randomUUID();

	/** The token that the last page gives to its own script. */
	#formToken?: string;

	async #fetch(url: string | URL, { headers, ...options }: RequestInit & { headers?: Record<string, string> } = {}) {
		const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, { redirect: 'manual', ...options, headers: { ...headers, cookie, 'browser-id': this.#browserId } });
		for (const line of response.headers.getSetCookie()) {
			const [, name, value] = present(/^([^=]+)=([^;]*)/.exec(line) ?? undefined);
			if (value === '') this.#cookies.delete(name);
			else this.#cookies.set(name, value);
		}
		return response;
	}

	async #post(path: string, body: unknown) {
		const headers = { 'content-type': 'application/json' };
		return await this.#fetch(`${editorUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
	}

	async signIn({ email, password }: { email: string; password: string }) {
		return (await this.#post('/rest/login', { emailOrLdapLoginId: email, password })).ok;
	}

	/** Opens an address, consents where n8n asks, and sees the page. */
	async opens(url: string): Promise<{ status: number; page: string }> {
		let response = await this.#fetch(url);
		for (let hops = 0; response.status === 302 && hops < 5; hops += 1) {
			const to = new URL(present(response.headers.get('location') ?? undefined), editorUrl);
			if (to.pathname === '/signin') break;
			response = to.pathname === '/oauth/consent' ? await this.#consent() : await this.#fetch(to);
		}
		const page = await response.text();
		this.#formToken = /const authToken = '([^']+)'/.exec(page)?.[1];
		return { status: response.status, page };
	}

	async #consent() {
		const response = await this.#post('/rest/consent/approve', { approved: true });
		if (response.status !== 200) return response;
		return await this.#fetch((await bodyOf<{ data: { redirectUrl: string } }>(response)).data.redirectUrl);
	}

	/** Sends the form of the last page, its fields in their order. */
	async sends(url: string, fields: readonly FieldValue[]): Promise<{ status: number; answer: string }> {
		const form = new FormData();
		for (const [index, value] of fields.entries()) {
			if (isFile(value)) form.append(`field-${index}`, new Blob([value.bytes]), value.name);
			else form.append(`field-${index}`, Array.isArray(value) ? JSON.stringify(value) : String(value));
		}
		const headers: Record<string, string> = this.#formToken === undefined ? {} : { 'x-auth-token': this.#formToken };
		const response = await this.#fetch(url, { method: 'POST', body: form, headers });
		return { status: response.status, answer: await response.text() };
	}

	/** Opens the last page. Its script then reports to n8n that the person saw it. */
	async ends(url: string): Promise<string> {
		const { page } = await this.opens(url);
		await this.sends(url, []);
		return page;
	}

	/** Opens the first page of a form and sends it: the address of the next page. */
	async begins(url: string, fields: readonly FieldValue[]): Promise<string> {
		expect((await this.opens(url)).status).toBe(200);
		const { status, answer } = await this.sends(url, fields);
		expect([status, answer]).toEqual([200, expect.stringContaining('formWaitingUrl')]);
		const { formWaitingUrl }: { formWaitingUrl: string } = JSON.parse(answer);
		return formWaitingUrl;
	}
}

/** The owner of the n8n under test. */
export async function owner() {
	const person = new Person();
	expect(await person.signIn(OWNER)).toBe(true);
	return person;
}

/** A second person. The owner invites the person at the first call. */
export async function colleague(client: N8nClient, email = 'colleague@example.com') {
	const person = new Person();
	await client.invite({ email, ...COLLEAGUE });
	expect(await person.signIn({ email, ...COLLEAGUE })).toBe(true);
	return person;
}

/** What a person reads on the last page, once the execution waits at its node. */
export async function seesEnd(world: World, person: Person, { url, id }: { url: string; id: string }, node: string): Promise<string> {
	await world.waits(id, node);
	const page = await person.ends(url);
	await world.ends(id);
	return page;
}

/** The public address of a workflow's form. */
export const formOf = ({ nodes }: WorkflowContent) =>
	`${editorUrl}/form/${present(nodes.find(({ type }) => type.endsWith('.formTrigger'))).webhookId}`;
