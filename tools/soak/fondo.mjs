import { ask } from '../ask.mjs';

/** Reads Fondo of a sandbox as any client of it does: what is there is there, whatever n8n was told. */
export async function fondoReader({ fondoUrl }) {
	const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'fondo-demo', client_secret: 'fondo-demo-secret' });
	const { access_token: token } = await (await fetch(`${fondoUrl}/v2/partner/auth/token`, { method: 'POST', body: form })).json();
	return async (path) => await (await ask(`${fondoUrl}/v2/partner${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
}
