import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../debian.mjs';
import { freePort } from '../ports.mjs';
import { mustRun } from '../run.mjs';
import { startService } from '../service.mjs';

const START_TIMEOUT_MS = 60_000;
const USER = 'n8n';

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
async function account() {
	if (!isRoot) return {};
	const [uid, gid] = await Promise.all(['-u', '-g'].map(async (option) => Number(await mustRun('id', [option, 'postgres']))));
	return { uid, gid };
}

/** Starts a database of this process in `folder`, which every user may enter: { host, port, database, user, password }. */
export async function startPostgres({ initdb, postgres }, folder, logFile) {
	const owner = await account();
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid);
	const options = { ...owner, cwd: data };
	await mustRun(initdb, ['-D', data, '-A', 'trust', '-U', USER, '-E', 'UTF8', '--no-sync'], options);
	const port = await freePort();
	const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((one) => ['-c', one]);
	await startService('PostgreSQL', postgres, ['-D', data, ...settings], {
		...options,
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes('ready to accept connections'),
	});
	return { host: '127.0.0.1', port, database: 'postgres', user: USER, password: 'trusted' };
}
