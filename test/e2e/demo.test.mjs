import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort, requireFreePort } from '../../tools/ports.mjs';
import { projectRoot } from '../../tools/project.mjs';
import { EXAMPLES, readExample } from '../../tools/stack.mjs';

let data;
let ports;
let demo;

beforeEach(async () => {
	data = mkdtempSync(join(tmpdir(), 'fondo-finvis-demo-'));
	ports = { n8n: await freePort(), fondo: await freePort(), finvis: await freePort(), admin: await freePort() };
});

afterEach(async () => {
	if (demo.child.exitCode === null) {
		demo.child.kill('SIGTERM');
		await demo.ended;
	}
	rmSync(data, { recursive: true, force: true });
});

/** Starts the demo: { child, ended, output(), shows(text) }. */
function startDemo(...options) {
	const given = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
	const child = spawn(process.execPath, [join(projectRoot, 'tools', 'demo', 'cli.mjs'), '--data', data, ...given, ...options]);
	const ended = once(child, 'close').then(([code]) => code);
	let output = '';
	const listeners = new Set();
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => {
			output += text;
			for (const listener of listeners) listener();
		});
	}
	const shows = async (text) =>
		await new Promise((resolve, reject) => {
			const check = () => output.includes(text) && resolve();
			listeners.add(check);
			void ended.then(() => reject(new Error(`The demo ended without showing '${text}':\n${output}`)));
			check();
		});
	return { child, ended, output: () => output, shows };
}

test('shows what moved and how to log in, stays up, and ends everything on Ctrl-C', async () => {
	demo = startDemo();
	await demo.shows('Ctrl-C stops n8n and the sandbox');
	expect(demo.output().match(/^Fondo +fund order +sweep-/gm)).toHaveLength(3);
	expect(demo.output().match(/^Finvis +payment +sweep-/gm)).toHaveLength(3);
	expect(demo.output()).toContain(`http://127.0.0.1:${ports.n8n}/workflow/`);
	expect(demo.output()).toContain(`The sandbox    http://127.0.0.1:${ports.admin}/`);
	for (const { name } of EXAMPLES.map(readExample)) {
		expect(demo.output()).toMatch(new RegExp(`^${name} +http://127.0.0.1:${ports.n8n}/workflow/\\w+$`, 'm'));
	}
	expect((await fetch(`http://127.0.0.1:${ports.n8n}/healthz`)).status).toBe(200);

	demo.child.kill('SIGINT');
	expect(await demo.ended).toBe(0);
	for (const port of Object.values(ports)) await requireFreePort(port, 'the next demo', '--port');
});

test('names the port that is taken and the option to change it', async () => {
	const other = createServer().listen(ports.n8n, '127.0.0.1');
	await once(other, 'listening');
	demo = startDemo('--once');
	expect(await demo.ended).toBe(1);
	expect(demo.output()).toContain(`Port ${ports.n8n} for n8n is already in use`);
	expect(demo.output()).toContain('--n8n-port <port>');
	other.close();
});

test('says which option it does not know', async () => {
	demo = startDemo('--onec');
	expect(await demo.ended).toBe(1);
	expect(demo.output()).toContain('--onec');
	expect(demo.output()).toContain('--once');
});
