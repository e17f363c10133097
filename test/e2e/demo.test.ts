import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../tools/base/project';
import { N8nClient } from '../../tools/harness/n8n/client';
import { requireFreePort } from '../../tools/harness/ports';
import { EXAMPLES, freePorts, readExample, type StackPorts } from '../../tools/harness/stack';

let data: string;
let ports: StackPorts;
let demo: ReturnType<typeof startDemo>;

beforeEach(async () => {
	data = mkdtempSync(join(tmpdir(), 'fondo-finvis-demo-'));
	ports = await freePorts();
});

afterEach(async () => {
	if (demo.child.exitCode === null) {
		demo.child.kill('SIGTERM');
		await demo.ended;
	}
	rmSync(data, { recursive: true, force: true });
});

function startDemo(...options: string[]) {
	const given = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
	const child = spawn(process.execPath, [join(projectRoot, 'tools', 'base', 'command.js'), 'demo', '--data', data, ...given, ...options]);
	const ended: Promise<number | null> = once(child, 'close').then(([code]) => code);
	let output = '';
	const listeners = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			for (const listener of listeners) listener();
		});
	}
	/** Resolves when the demo has printed the text. */
	const shows = async (text: string) =>
		await new Promise<void>((resolve, reject) => {
			const check = () => void (output.includes(text) && resolve());
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

	const password = readFileSync(join(data, 'owner-password'), 'utf8').trim();
	expect(demo.output()).toContain(`Log in with    owner@example.com  password ${password}`);
	expect(statSync(join(data, 'owner-password')).mode & 0o777).toBe(0o600);
	await new N8nClient(`http://127.0.0.1:${ports.n8n}`).signIn({ email: 'owner@example.com', password, firstName: '', lastName: '' });
	// In production mode n8n lets no other web page read its answers.
	const foreign = await fetch(`http://127.0.0.1:${ports.n8n}/rest/settings`, { headers: { origin: 'https://evil.example' } });
	expect(foreign.headers.get('access-control-allow-origin')).toBeNull();

	demo.child.kill('SIGINT');
	expect(await demo.ended).toBe(0);
	for (const port of Object.values(ports)) await requireFreePort(port, 'the next demo', '--port');
}, 300_000);

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
