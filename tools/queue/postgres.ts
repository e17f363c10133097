import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../base/run';
import { freePort } from '../harness/ports';
import { startService } from '../harness/service';
import { isRoot } from '../harness/systemPrograms';
import type { Programs } from './programs';

const START_TIMEOUT_MS = 60_000;
const USER = 'n8n';

export interface Postgres {
	readonly host: string;
	readonly port: number;
	readonly database: string;
	readonly user: string;
	readonly password: string;
}

/** PostgreSQL refuses to run as root. Its package brings the user `postgres`. */
async function account(): Promise<{ uid?: number; gid?: number }> {
	if (!isRoot) return {};
	const [uid, gid] = await Promise.all(['-u', '-g'].map(async (option) => Number(await mustRun('id', [option, 'postgres']))));
	return { uid, gid };
}

/** Starts a PostgreSQL that ends with this process. Every user must be able to enter `folder`. */
export async function startPostgres({ initdb, postgres }: Programs, folder: string, logFile: string): Promise<Postgres> {
	const owner = await account();
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	const password = randomBytes(24).toString('hex');
	const passwordFile = join(folder, 'postgres-password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (owner.uid !== undefined && owner.gid !== undefined) {
		for (const own of [data, passwordFile]) chownSync(own, owner.uid, owner.gid);
	}
	const options = { ...owner, cwd: data };
	await mustRun(initdb, ['-D', data, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-U', USER, '-E', 'UTF8', '--no-sync'], options);
	rmSync(passwordFile);
	const port = await freePort();
	const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((one) => ['-c', one]);
	await startService('PostgreSQL', postgres, ['-D', data, ...settings], {
		...options,
		logFile,
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => readFileSync(logFile, 'utf8').includes('ready to accept connections'),
	});
	return { host: '127.0.0.1', port, database: 'postgres', user: USER, password };
}
