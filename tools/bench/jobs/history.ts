import { fork } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BenchStack } from '../bench';
import type { Cost } from '../inside/writeTwiceEngine';
import type { BenchPlan, JobResult } from '../job';
import { mebibytes, seconds } from '../numbers';

type ApiName = 'fondo' | 'finvis';

interface Row {
	readonly id: string;
	readonly [name: string]: unknown;
}

const MAX_CALLS = 2;
const MAX_ROW = 20;
const sortedIdOf = (index: number) => String(index).padStart(26, '0');

/** A row of the history; nothing of it is kept, so a long history costs the server no memory. */
const oldRow = (api: ApiName, index: number): Row =>
	api === 'fondo'
		? {
				id: `order-${index}`,
				sortedId: sortedIdOf(index),
				clientRef: `old-${index}`,
				orderType: 'subscription',
				status: 'settled',
				amount: 100,
			}
		: {
				id: `batch-${index}`,
				name: `old-${index}`,
				status: 'executed',
				total_amount: '100.50',
				currency: 'SEK',
				execution_date: '2026-03-06',
				created_at: new Date(1_700_000_000_000 + index * 1_000).toISOString(),
			};

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const part of request) text += String(part);
	return text;
}

/** A vendor with a history of this many orders or batches, in pages of 1,000 orders or 200 batches. */
async function vendorWith(api: ApiName, count: number) {
	const made: Row[] = [];
	const calls: string[] = [];
	const rowAt = (index: number) => made[index - count] ?? oldRow(api, index);
	const slice = (from: number, size: number) => {
		const until = Math.min(from + size, count + made.length);
		return Array.from({ length: Math.max(0, until - from) }, (_, offset) => rowAt(from + offset));
	};
	const answer = (method: string, url: URL, body: string): unknown => {
		if (url.pathname.includes('/auth/')) return { access_token: 'token', expires_in: 3600 };
		calls.push(method);
		const total = count + made.length;
		if (method === 'POST') {
			const row = { ...oldRow(api, total), ...JSON.parse(body), status: api === 'fondo' ? 'received' : 'draft', payments: undefined };
			made.push(row);
			return row;
		}
		if (api === 'fondo') {
			const start = url.searchParams.get('start');
			return url.pathname.endsWith('/order') ? slice(start === null ? 0 : Number(start) + 1, Number(url.searchParams.get('limit'))) : [];
		}
		const page = Number(url.searchParams.get('page') ?? 1);
		const rows = slice((page - 1) * 200, 200);
		const next = page * 200 < total ? `${url.origin}${url.pathname}?page=${page + 1}` : null;
		return { count: total, next, previous: null, results: rows };
	};
	const server = createServer(async (request, response) => {
		const body = await bodyOf(request);
		const url = new URL(request.url ?? '', `http://${request.headers.host}`);
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(answer(request.method ?? '', url, body)));
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

interface Measured extends Cost {
	/** Calls before the write. */
	readonly reads: number;
}

/** The first and the second execution of a new process, each with one write. */
async function writeTwice(api: ApiName, count: number): Promise<Measured[]> {
	const vendor = await vendorWith(api, count);
	const child = fork(join(__dirname, '..', 'inside', 'writeTwice.ts'), [api, vendor.url], {
		execArgv: ['--require', require.resolve('tsx/cjs'), '--expose-gc'],
	});
	const measured: Measured[] = [];
	child.on('message', (cost: Cost) => {
		const calls = vendor.calls.splice(0);
		measured.push({ ...cost, reads: calls.indexOf('POST') });
	});
	const code = await new Promise((resolve) => child.once('exit', resolve));
	vendor.stop();
	if (code !== 0) throw new Error(`A write over ${count} rows of ${api} ended with ${String(code)}`);
	return measured;
}

/** One write over a long history, in the first and the second execution of a process. It needs no n8n server. */
export async function history(_bench: BenchStack | undefined, { quick, log }: BenchPlan): Promise<JobResult> {
	const counts = quick ? [1_000] : [10_000, 100_000, 1_000_000];
	const measured: Array<{ api: ApiName; count: number; first: Measured; second: Measured }> = [];
	for (const api of ['fondo', 'finvis'] as const)
		for (const count of counts) {
			const [first, second] = await writeTwice(api, count);
			log(`${api}, ${count} rows: ${first.reads} and ${second.reads} reads, ${seconds(first.wall)} and ${seconds(second.wall)}`);
			measured.push({ api, count, first, second });
		}
	const objects = { fondo: 'order', finvis: 'payment batch' };
	const most = Math.max(...measured.map(({ second }) => second.reads));
	const longest = measured.filter(({ count }) => count === counts.at(-1));
	const shortest = measured.filter(({ count }) => count === counts[0]);
	const perRow = longest.map(({ count, second }, index) => {
		const base = shortest[index];
		return count === base.count ? 0 : (second.held - base.second.held) / (count - base.count);
	});
	return {
		title: 'One write over a long history',
		table: [
			['one', 'history', 'reads before the write, 1st execution', 'time', 'reads, 2nd execution', 'time', 'memory held'],
			...measured.map(({ api, count, first, second }) => [
				objects[api],
				count.toLocaleString('en'),
				first.reads,
				seconds(first.wall),
				second.reads,
				seconds(second.wall),
				mebibytes(second.held),
			]),
		],
		verdicts: [
			{ goal: `≤ ${MAX_CALLS} reads before the write, 2nd execution`, measured: String(most), reached: most <= MAX_CALLS },
			{
				goal: `≤ ${MAX_ROW} bytes of memory a row`,
				measured: perRow.map((bytes) => bytes.toFixed(0)).join(' and '),
				reached: Math.max(...perRow) <= MAX_ROW,
			},
		],
	};
}
