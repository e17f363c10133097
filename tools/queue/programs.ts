import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, installPackages } from '../harness/systemPrograms';
import { Failure } from '../base/failure';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const ADVICE = 'install PostgreSQL and Redis (Debian/Ubuntu: `apt-get install postgresql redis-server`), then start again';

// Debian keeps the programs of each version of PostgreSQL in a folder of their own, off the path.
const folders = () => (existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES).map((name) => join(DEBIAN_POSTGRES, name, 'bin')) : []);

/** The paths of the programs. */
export interface Programs {
	readonly initdb: string;
	readonly postgres: string;
	readonly redis: string;
}

function found(): Programs | undefined {
	const initdb = findProgram(['initdb'], folders());
	const postgres = findProgram(['postgres'], folders());
	const redis = findProgram(['redis-server', 'valkey-server']);
	return initdb && postgres && redis ? { initdb, postgres, redis } : undefined;
}

/** Finds the programs. On Debian as root, installs missing ones. */
export async function findPrograms(): Promise<Programs> {
	if (!found()) {
		await installPackages('Installing PostgreSQL and Redis (about a minute, once)', ['postgresql', 'redis-server'], ADVICE);
	}
	const programs = found();
	if (programs) return programs;
	throw new Failure('Queue mode needs PostgreSQL and Redis, and they are not on this machine', ADVICE);
}
