import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from '../node24/node24.mjs';
import { projectRoot } from '../project.mjs';
import { mustRun } from '../run.mjs';
import { credentialsFor } from '../stack.mjs';

const SCRIPT = fileURLToPath(new URL('./raw.cjs', import.meta.url));

/** A token as any client gets one. */
export async function tokenOf({ sandbox }, api) {
	const { data } = credentialsFor(sandbox).find(({ type }) => type === `${api}Api`);
	const { clientId: client_id, clientSecret: client_secret } = data;
	const asked =
		api === 'fondo'
			? await fetch(`${sandbox.fondoUrl}/v2/partner/auth/token`, {
					method: 'POST',
					body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
				})
			: await fetch(`${sandbox.finvisUrl}/auth/token/`, {
					method: 'POST',
					body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
				});
	return (await asked.json()).access_token;
}

/** Runs the raw loop on the Node.js that n8n runs on; gives figures as those of `runWorkflow`. */
export async function runRaw(bench, api, plan) {
	const { executable } = await node24();
	const token = await tokenOf(bench, api);
	return JSON.parse(await mustRun(executable, [SCRIPT, JSON.stringify({ token, ...plan })], { cwd: join(projectRoot) }));
}
