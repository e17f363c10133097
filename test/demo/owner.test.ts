import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheRoot } from '../../tools/base/cache';
import { ownerOf, passwordFile } from '../../tools/demo/owner';
import { OWNER } from '../../tools/harness/owner';

const made: string[] = [];
const newFolder = () => {
	made.push(mkdtempSync(join(tmpdir(), 'owner-')));
	return join(made.at(-1) ?? '', 'data');
};
const modeOf = (path: string) => statSync(path).mode & 0o777;
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

test('each data folder of the demo has a password of its own, which only its user can read', () => {
	const [one, other] = [newFolder(), newFolder()];
	const { password, email } = ownerOf(one);
	expect(email).toBe(OWNER.email);
	// As n8n asks for.
	expect(password).toMatch(/^(?=.*[A-Z])(?=.*\d).{20,64}$/);
	expect(new Set([password, ownerOf(other).password, OWNER.password]).size).toBe(3);
	expect([modeOf(one), modeOf(passwordFile(one))]).toEqual([0o700, 0o600]);
	chmodSync(one, 0o755);
	chmodSync(passwordFile(one), 0o644);
	expect(ownerOf(one).password).toBe(password);
	expect([modeOf(one), modeOf(passwordFile(one))]).toEqual([0o700, 0o600]);
	expect(readFileSync(passwordFile(one), 'utf8')).toBe(`${password}\n`);
});

test('other users of the machine cannot read the cache', () => {
	const before = process.env.FONDO_FINVIS_CACHE;
	try {
		process.env.FONDO_FINVIS_CACHE = newFolder();
		expect(modeOf(cacheRoot())).toBe(0o700);
		chmodSync(cacheRoot(), 0o755);
		expect(modeOf(cacheRoot())).toBe(0o700);
	} finally {
		if (before === undefined) delete process.env.FONDO_FINVIS_CACHE;
		else process.env.FONDO_FINVIS_CACHE = before;
	}
});
