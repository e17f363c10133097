import { Failure } from '../failure.mjs';

/** Finvis of a sandbox in the hands of the second person, who may approve: { read, post }, both give the answer's body. */
export async function finvisApprover({ finvisUrl }) {
	const form = new URLSearchParams({
		client_id: 'finvis-approver',
		client_secret: 'finvis-approver-secret',
		grant_type: 'client_credentials',
	});
	const tokenAnew = async () => (await (await fetch(`${finvisUrl}/auth/token/`, { method: 'POST', body: form })).json()).access_token;
	let token = await tokenAnew();
	const send = async (method, path, { headers, body } = {}) =>
		await fetch(`${finvisUrl}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...headers }, body });
	const call = async (...request) => {
		let response = await send(...request);
		if (response.status === 401) {
			token = await tokenAnew();
			response = await send(...request);
		}
		return { status: response.status, body: await response.json() };
	};
	return {
		read: async (path) => {
			const { status, body } = await call('GET', path);
			if (status !== 200) throw new Failure(`GET ${path} was answered by ${status}: ${JSON.stringify(body)}`);
			return body;
		},
		post: async (path, key, body) =>
			await call('POST', path, { headers: { 'idempotency-key': key, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	};
}
