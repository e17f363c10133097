import { FINVIS_DEMO, FONDO_DEMO, type Sandbox } from '../../sandbox';

export interface Row {
	readonly [name: string]: unknown;
	readonly id: string;
}

/** A connection that was kept may just have been closed by the other side. */
async function ask(url: string, how: RequestInit, tries = 3): Promise<Response> {
	return await fetch(url, how).catch(async (error: unknown) => (tries > 1 ? await ask(url, how, tries - 1) : await Promise.reject(error)));
}

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

async function tokenAt(url: string, { clientId, clientSecret }: typeof FONDO_DEMO): Promise<string> {
	const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
	const { access_token } = (await (await ask(url, form(grant))).json()) as { access_token: string };
	return access_token;
}

/** Reads both APIs as any client does, past the nodes; not while faults are on. */
export function readerOf({ fondoUrl, finvisUrl }: Sandbox) {
	async function read<T>(url: string, token: string): Promise<T> {
		const answer = await ask(url, { headers: { authorization: `Bearer ${token}` } });
		if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
		return (await answer.json()) as T;
	}
	return {
		fondo: async (path: string) =>
			await read<Row[]>(`${fondoUrl}/v2/partner${path}`, await tokenAt(`${fondoUrl}/v2/partner/auth/token`, FONDO_DEMO)),
		finvis: async (path: string): Promise<Row[]> => {
			const token = await tokenAt(`${finvisUrl}/auth/token/`, FINVIS_DEMO);
			const rows: Row[] = [];
			for (let page = 1; ; page += 1) {
				const { results, next } = await read<{ results: Row[]; next: string | null }>(
					`${finvisUrl}${path}?page_size=200&page=${page}`,
					token,
				);
				rows.push(...results);
				if (next === null) return rows;
			}
		},
	};
}
