import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../harness/n8n/client';
import { newPassword, OWNER } from '../harness/owner';

/** Where the password of the demo's n8n is. Only the user who started the demo can read it. */
export const passwordFile = (dataFolder: string): string => join(dataFolder, 'owner-password');

/** A second person, who may approve what the owner has prepared. The password is that of the owner. */
export const colleagueOf = ({ password }: Account): Account => ({
	email: 'colleague@example.com',
	password,
	firstName: 'Kim',
	lastName: 'Colleague',
});

/** The owner of the demo's n8n. Each data folder has a password of its own, made at its first start. */
export function ownerOf(dataFolder: string): Account {
	const file = passwordFile(dataFolder);
	mkdirSync(dataFolder, { recursive: true });
	if (!existsSync(file)) writeFileSync(file, `${newPassword()}\n`, { mode: 0o600 });
	// Earlier demos left the folder open. It also holds n8n's database and the key of its credentials.
	chmodSync(dataFolder, 0o700);
	chmodSync(file, 0o600);
	return { ...OWNER, password: readFileSync(file, 'utf8').trim() };
}
