import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, installPackages } from '../debian.mjs';
import { Failure } from '../failure.mjs';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const ADVICE = 'install PostgreSQL and Redis (Debian/Ubuntu: `apt-get install postgresql redis-server`), then start again';

// Debian keeps the programs of each version of PostgreSQL in a folder of their own, off the path.
const folders = () => (existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES).map((name) => join(DEBIAN_POSTGRES, name, 'bin')) : []);

const found = () => ({
	initdb: findProgram(['initdb'], folders()),
	postgres: findProgram(['postgres'], folders()),
	redis: findProgram(['redis-server', 'valkey-server']),
});

const isComplete = (programs) => Object.values(programs).every((file) => file !== undefined);

/** The paths of initdb, postgres and redis; on Debian as root they are installed now where they are missing. */
export async function findPrograms() {
	if (!isComplete(found())) {
		await installPackages('Installing PostgreSQL and Redis (about a minute, once)', ['postgresql', 'redis-server'], ADVICE);
	}
	const programs = found();
	if (isComplete(programs)) return programs;
	throw new Failure('Queue mode needs PostgreSQL and Redis, and they are not on this machine', ADVICE);
}
