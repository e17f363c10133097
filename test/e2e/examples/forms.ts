// n8n's form pages as the people at their browsers use them.
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { OWNER } from '../../../tools/stack.mjs';
import { editorUrl } from '../stack.mjs';

const COLLEAGUE = { password: 'Four-eyes-see-more-1', firstName: 'Kim', lastName: 'Colleague' };

/** Somebody at a browser; a stranger until signed in. */
export class Person {
	#cookies = new Map();

	#browserId = randomUUID();

	/** What the page shown last lets its own script send along. */
	#formToken;

	async #fetch(url, { headers, ...options } = {}) {
		const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, { redirect: 'manual', ...options, headers: { ...headers, cookie, 'browser-id': this.#browserId } });
		for (const line of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
			if (value === '') this.#cookies.delete(name);
			else this.#cookies.set(name, value);
		}
		return response;
	}

	async #post(path, body) {
		const headers = { 'content-type': 'application/json' };
		return await this.#fetch(`${editorUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
	}

	async signIn({ email, password }) {
		return (await this.#post('/rest/login', { emailOrLdapLoginId: email, password })).ok;
	}

	async accept(invitation) {
		expect((await this.#post('/rest/invitations/accept', invitation)).status).toBe(200);
	}

	/** Opens an address, allows the form to know who it is where n8n asks for that, and sees the page: { status, page }. */
	async opens(url) {
		let response = await this.#fetch(url);
		for (let hops = 0; response.status === 302 && hops < 5; hops += 1) {
			const to = new URL(response.headers.get('location'), editorUrl);
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
		return await this.#fetch((await response.json()).data.redirectUrl);
	}

	/**
	 * Sends the form that was opened last, its fields in their order: { status, answer }. A file is { name, bytes }, what is
	 * chosen from radio buttons and boxes a list.
	 */
	async sends(url, fields) {
		const form = new FormData();
		for (const [index, value] of fields.entries()) {
			if (value?.bytes) form.append(`field-${index}`, new Blob([value.bytes]), value.name);
			else form.append(`field-${index}`, Array.isArray(value) ? JSON.stringify(value) : String(value));
		}
		const headers = this.#formToken === undefined ? {} : { 'x-auth-token': this.#formToken };
		const response = await this.#fetch(url, { method: 'POST', body: form, headers });
		return { status: response.status, answer: await response.text() };
	}

	/** Opens the last page, whose script then tells n8n that it was seen: the page. */
	async ends(url) {
		const { page } = await this.opens(url);
		await this.sends(url, []);
		return page;
	}

	/** Opens the first page of a form and sends it: the address of the next page. */
	async begins(url, fields) {
		expect((await this.opens(url)).status).toBe(200);
		const { status, answer } = await this.sends(url, fields);
		expect([status, answer]).toEqual([200, expect.stringContaining('formWaitingUrl')]);
		return JSON.parse(answer).formWaitingUrl;
	}
}

/** The owner of the n8n under test. */
export async function owner() {
	const person = new Person();
	expect(await person.signIn(OWNER)).toBe(true);
	return person;
}

/** A second person, whom the owner invites when there is none yet. */
export async function colleague(client, email = 'colleague@example.com') {
	const person = new Person();
	if (await person.signIn({ email, ...COLLEAGUE })) return person;
	const [{ user }] = await client.call('POST', '/rest/invitations', [{ email, role: 'global:member' }]);
	await person.accept({ token: new URL(user.inviteAcceptUrl).searchParams.get('token'), ...COLLEAGUE });
	return person;
}

/** The public address of a workflow's form. */
export const formOf = ({ nodes }) => `${editorUrl}/form/${nodes.find(({ type }) => type.endsWith('.formTrigger')).webhookId}`;
