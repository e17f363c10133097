import { connect } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAll } from '../../tools/base/processes';
import { startStores } from '../../tools/queue/stack';

const folder = mkdtempSync(join(tmpdir(), 'stores-'));
let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
	stores = await startStores(folder);
});
afterAll(async () => {
	await stopAll();
	rmSync(folder, { recursive: true, force: true });
});

/** The first answer of a server to these bytes. */
async function firstAnswer(port: number, bytes: string | Buffer): Promise<Buffer> {
	const socket = connect(port, '127.0.0.1');
	socket.write(bytes);
	const [answer] = await once(socket, 'data');
	socket.destroy();
	return answer;
}

test('Redis answers with its password only', async () => {
	const { port, password } = stores.redis;
	expect(String(await firstAnswer(port, 'PING\r\n'))).toMatch(/^-NOAUTH/);
	expect(String(await firstAnswer(port, 'AUTH trusted\r\n'))).toMatch(/^-/);
	expect(String(await firstAnswer(port, `AUTH ${password}\r\n`))).toBe('+OK\r\n');
});

test('PostgreSQL asks every user for a password', async () => {
	const { port, user, database, password } = stores.postgres;
	const values = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
	const head = Buffer.alloc(8);
	head.writeInt32BE(values.length + 8, 0);
	// Version 3.0 of its protocol.
	head.writeInt32BE(196_608, 4);
	const answer = await firstAnswer(port, Buffer.concat([head, values]));
	// R 10: the server begins SCRAM. R 0 would let the user in.
	expect([String(answer.subarray(0, 1)), answer.readInt32BE(5)]).toEqual(['R', 10]);
	expect(password).toMatch(/^[0-9a-f]{48}$/);
});
