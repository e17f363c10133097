import { spawn } from 'node:child_process';
import path from 'node:path';
import { startSandbox } from '../../../sandbox';
import { POSITIONS } from '../../../sandbox/vendors';
import { Bench, Caller } from '../caller';

let bench: Bench;
let admin: Caller;
beforeAll(async () => {
	bench = await Bench.open();
	admin = new Caller(bench.sandbox.adminUrl, '');
});
beforeEach(() => bench.admin.reset());
afterAll(() => bench.stop());

it('reports that it is ready', async () => {
	expect((await admin.get('/health')).json).toEqual({ status: 'ready' });
});

it('shows requests without secrets', async () => {
	const finvis = await bench.finvis();
	await finvis.post('/webhooks/', { url: 'https://example.se/h', events: ['transaction.created'] }, 'k-1');
	const { text, json } = await admin.get('/requests');
	expect(json.requests.at(-1)).toMatchObject({
		api: 'finvis',
		method: 'POST',
		path: '/public/webhooks/',
		operationId: 'createWebhook',
		status: 201,
		clientId: 'finvis-demo',
		headers: { 'idempotency-key': 'k-1' },
	});
	for (const secret of [finvis.token, 'finvis-demo-secret', 'whsec_']) expect(text).not.toContain(secret);
});

it('changes faults, clock, tokens and settings', async () => {
	const fault = { kind: 'status', status: 500 };
	expect((await admin.post('/faults', fault)).json.faults).toEqual([{ ...fault, id: 1, match: {}, seen: 0, applied: 0 }]);
	expect((await admin.get('/faults')).json.faults).toHaveLength(1);
	expect((await admin.send('DELETE', '/faults')).json).toEqual({ cleared: 1 });
	const before = Date.parse((await admin.get('/clock')).json.now);
	const after = (await admin.post('/clock', { advanceSeconds: 3600, speed: 60 })).json;
	expect(after.speed).toBe(60);
	expect(Date.parse(after.now) - before).toBeGreaterThanOrEqual(3_600_000);
	await bench.fondo();
	expect((await admin.get('/tokens')).json.fondo).toEqual({ issued: 1, refused: 0, active: 1 });
	expect((await admin.post('/tokens/revoke', {})).json).toEqual({ revoked: 1 });
	expect((await admin.send('PATCH', '/settings', { body: { fondo: { cursor: 'exclusive' } } })).json.fondo.cursor).toBe('exclusive');
	expect((await admin.post('/stream/emit', { frame: { eventType: 'heartbeat' } })).json).toEqual({ sent: 0 });
	expect((await admin.post('/stream/cut')).json).toEqual({ cut: 0 });
	for (const [address, name] of [
		['/ledger', 'entries'],
		['/violations', 'violations'],
		['/deliveries', 'deliveries'],
	] as const) {
		expect((await admin.get(address)).json[name]).toEqual([]);
	}
});

it.each([
	['POST', '/faults', { kind: 'boom' }, /kind/],
	['POST', '/clock', { advanceSeconds: -1 }, /advanceSeconds/],
	['PATCH', '/settings', { fondo: { cursor: 'sideways' } }, /fondo\.cursor/],
	['PATCH', '/settings', { fundo: {} }, /fundo/],
	['POST', '/stream/emit', {}, /frame/],
	['PUT', '/vendor', { name: 'cached-answers' }, /array/],
	['PUT', '/vendor', ['late'], /There is no vendor position "late"/],
	['PUT', '/vendor', ['orders-expired', 'orders-declined'], /"orders-expired" and "orders-declined" exclude each other/],
])('refuses a wrong %s %s with the name of the wrong field', async (method, address, body, message) => {
	const { status, json } = await admin.send(method, address, { body });
	expect(status).toBe(400);
	expect(json.error).toMatch(message);
});

it('switches vendor positions, and a reset those of the start', async () => {
	const on = ({ json }: { json: any }): string[] => json.positions.flatMap((one: any) => (one.on ? one.name : []));
	const { json } = await admin.get('/vendor');
	expect(json.positions).toHaveLength(POSITIONS.length);
	expect(json.positions[0]).toEqual({
		name: 'references-cut-20',
		api: 'fondo',
		axis: 'how a reference is shown',
		sentence: 'Fondo shows the first 20 characters of a reference.',
		on: false,
	});
	expect(on(await admin.send('PUT', '/vendor', { body: ['cached-answers', 'payouts-listed-late'] }))).toEqual([
		'payouts-listed-late',
		'cached-answers',
	]);
	await admin.send('PUT', '/vendor', { body: ['orders-expired', 'late'] });
	expect(on(await admin.get('/vendor'))).toEqual(['payouts-listed-late', 'cached-answers']);
	await admin.post('/reset');
	expect(on(await admin.get('/vendor'))).toEqual([]);
});

it('starts with the vendor positions of its options', async () => {
	const other = await startSandbox({ vendor: ['other-body-409'], transactions: 10 });
	try {
		expect(other.admin.vendor.on()).toEqual(['other-body-409']);
		other.admin.vendor.set([]);
		other.admin.reset();
		expect(other.admin.vendor.on()).toEqual(['other-body-409']);
	} finally {
		await other.stop();
	}
	await expect(startSandbox({ vendor: ['late'] })).rejects.toThrow('There is no vendor position "late".');
});

it('does not serve web pages', async () => {
	expect((await admin.send('POST', '/reset', { headers: { origin: 'https://example.se' } })).status).toBe(403);
});

it('resets to the same seed', async () => {
	const read = async () => {
		const fondo = await bench.fondo();
		return (await fondo.get('/v2/partner/client')).json;
	};
	const before = await read();
	const fondo = await bench.fondo();
	await fondo.send('PATCH', `/v2/partner/client/${before[0].id}`, { body: { displayName: 'Anders' } });
	await admin.send('PATCH', '/settings', { body: { fondo: { pageCap: 1 } } });
	expect((await admin.post('/reset')).json).toEqual({ status: 'ready' });
	expect(await read()).toEqual(before);
});

it('equals another sandbox with the same seed', async () => {
	const other = await Bench.open();
	try {
		const pages = ['/transactions?page_size=200', '/approvals/pending'];
		for (const page of pages)
			expect((await (await other.finvis()).get(page)).json.results).toEqual((await (await bench.finvis()).get(page)).json.results);
	} finally {
		await other.stop();
	}
});

it('says what to do about a port in use', async () => {
	const adminPort = Number(new URL(bench.sandbox.adminUrl).port);
	await expect(startSandbox({ adminPort })).rejects.toThrow(new RegExp(`Port ${adminPort} for Admin is already in use.*--admin-port`));
});

it('leaves no server and no timer when it stops', async () => {
	const count = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap' || kind === 'Timeout').length;
	const before = count();
	const other = await startSandbox();
	await fetch(`${other.adminUrl}/health`);
	await other.stop();
	expect(count()).toBeLessThanOrEqual(before);
	await expect(fetch(`${other.adminUrl}/health`)).rejects.toThrow();
});

it('runs from the command line until it receives SIGTERM', async () => {
	const cli = spawn(
		process.execPath,
		[
			'--import',
			'tsx',
			'sandbox/cli.ts',
			'--fondo-port',
			'0',
			'--finvis-port',
			'0',
			'--admin-port',
			'0',
			'--vendor',
			'payouts-listed-late, cached-answers',
		],
		{ cwd: path.join(__dirname, '..', '..', '..') },
	);
	let output = '';
	const ready = new Promise<void>((resolve) => cli.stdout.on('data', (part) => (output += part).includes('SANDBOX_READY {') && resolve()));
	await ready;
	expect(output).toContain('fondo-demo-secret');
	const { adminUrl } = JSON.parse(/SANDBOX_READY (.*)/.exec(output)?.[1] ?? '{}');
	expect(output).toContain(`Page    ${adminUrl}/`);
	expect(await (await fetch(`${adminUrl}/health`)).json()).toEqual({ status: 'ready' });
	const { positions }: any = await (await fetch(`${adminUrl}/vendor`)).json();
	expect(positions.flatMap((one: any) => (one.on ? one.name : []))).toEqual(['payouts-listed-late', 'cached-answers']);
	const ended = new Promise((resolve) => cli.once('exit', (code) => resolve(code)));
	cli.kill('SIGTERM');
	expect(await ended).toBe(0);
});

it('refuses a wrong option with the usage', async () => {
	const cli = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', '--fondo-port', 'abc'], {
		cwd: path.join(__dirname, '..', '..', '..'),
	});
	let output = '';
	cli.stderr.on('data', (part) => (output += part));
	expect(await new Promise((resolve) => cli.once('exit', (code) => resolve(code)))).toBe(1);
	expect(output).toContain('--fondo-port must be a port from 0 to 65535, not "abc"');
	expect(output).toContain('Usage:');
});
