import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { table } from '../demo/table';
import { freePort } from '../harness/ports';
import type { SandboxClient } from '../harness/sandbox';
import { saveCredentials, startFreshStack, temporaryFolder, type FreshStack } from '../harness/stack';
import { until } from '../harness/until';
import { auditWork, webhooksIn, type AuditRow, type MadeDeposit } from './audit';
import { Caller } from './caller';
import { endFaults, startFaults } from './faults';
import { listenerWarnings, measurerOf, type Measurer } from './measure';
import { trendsOf, type Measurement, type Trend } from './trend';
import { deliverAll, sentWebhooks } from './webhooks';
import { INVESTOR_ACCOUNT, publishWork, type WrittenItem } from './workflows';

const ROUNDS_PER_SOAK = 20;
const MIN_ROUNDS = 4;
const ROUND_MS = { min: 12_000, max: 60_000 };
/** Longer than connections are kept alive for the next call. */
const QUIET_MS = 8_000;
/** Time to send again what has failed. */
const FINISH_MS = 3 * 60_000;
const TICK_MS = 2_000;
const CASH = 100_000_000;
const DEPOSIT = 1_000;

/** n8n renews its tokens many times. */
const TOKEN = { tokenLifetimeSeconds: 120 };
/** The banks work at once, and the rate limit is above what one machine can call. */
const SETTINGS = {
	fondo: TOKEN,
	finvis: { ...TOKEN, waitForExecutionDate: false, batchSteps: { approved: 1, processing: 1 }, rateLimit: { requests: 100, seconds: 1 } },
};

type WorkCaller = Caller<WrittenItem>;

/** Another person approves the submitted batches, and the banks pay them. */
async function approve(sandbox: SandboxClient, submitted: readonly WrittenItem[]): Promise<void> {
	const ids = new Set(submitted.map(({ id }) => id));
	const pending = (await sandbox.approver.list<{ id: string; object_id: string }>('/approvals/pending')).filter(({ object_id }) =>
		ids.has(object_id),
	);
	for (const { id } of pending) {
		const { status } = await sandbox.approver.request('POST', `/approvals/${id}/approve`, {});
		if (status !== 200) throw new Failure(`Finvis answered ${status} to the approval ${id}`);
	}
	const isPaid = async () => {
		const paid = new Set((await sandbox.ledger()).map(({ batchId }) => batchId));
		return pending.every(({ object_id }) => paid.has(object_id));
	};
	await until(isPaid, { what: 'every approved batch is paid', everyMs: 500 });
	await deliverAll(sandbox);
}

async function makeDeposits(sandbox: SandboxClient, made: MadeDeposit[], endAt: number): Promise<void> {
	while (Date.now() < endAt) {
		const at = Date.now();
		const { transactions } = await sandbox.deposit({ accountId: INVESTOR_ACCOUNT, amount: DEPOSIT });
		made.push(...transactions.map((id) => ({ id, at })));
		await sleep(TICK_MS / 2);
	}
}

interface Work {
	readonly payments: WorkCaller;
	readonly orders: WorkCaller;
	readonly made: MadeDeposit[];
}

/** All kinds of work at once, with faults and a cut of the streams, and then rest. Returns how many calls the faults hit. */
async function runRound(sandbox: SandboxClient, { payments, orders, made }: Work, endAt: number): Promise<number> {
	await startFaults(sandbox);
	const working = Promise.all([payments.work(endAt), orders.work(endAt), makeDeposits(sandbox, made, endAt)]);
	await sleep((endAt - Date.now()) / 2);
	await sandbox.cutStreams();
	const [submitted] = await working;
	const hits = await endFaults(sandbox);
	await approve(sandbox, submitted);
	await sleep(QUIET_MS);
	return hits;
}

interface Soaked {
	readonly minutes: number;
	readonly rounds: number;
	/** How many calls the faults hit. */
	readonly hits: number;
	readonly calls: number;
	readonly callers: readonly WorkCaller[];
	readonly trends: readonly Trend[];
	readonly audit: readonly AuditRow[];
}

const rounded = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

const measuredLine = (measured: Omit<Measurement, 'at'>) =>
	Object.entries(measured)
		.map(([what, value]) => `${what} ${rounded(value)}`)
		.join(', ');

function report({ minutes, rounds, hits, calls, callers, trends, audit }: Soaked, warnings: number): string {
	const failed = callers.map(({ name, failures }) => `${name} ${failures}`).join(', ');
	return `
${minutes} min, ${rounds} rounds; faults hit ${hits} of ${calls} calls; failed runs that were sent again: ${failed}

n8n at rest, after the warm-up:

${table([
	['WHAT', 'FIRST', 'LAST', 'RISE (FITTED)', 'BOUND'],
	...trends.map(({ what, first, last, rose, bound }) => [what, rounded(first), rounded(last), rose.toFixed(1), String(bound)]),
])}

Warnings of Node about listeners: ${warnings}

What was asked for, and what was done:

${table([
	['WHAT', 'ASKED FOR', 'BY N8N', 'BY THE LEDGER', 'DOUBLES'],
	...audit.map(({ what, asked, n8n, ledger, doubles }) => [what, ...[asked, n8n, ledger, doubles].map(String)]),
])}
`;
}

async function work({ sandbox, client }: FreshStack, measurer: Measurer, minutes: number): Promise<Soaked> {
	await sandbox.changeSettings(SETTINGS);
	await sandbox.deposit({ accountId: INVESTOR_ACCOUNT, amount: CASH });
	const clientIds = (await sandbox.fondo.read<Array<{ id: string }>>('/client')).map(({ id }) => id);
	const [{ id: bankAccountId }] = await sandbox.approver.list('/accounts/');
	const credentials = await saveCredentials(client, sandbox);
	const published = await publishWork({ client, credentials }, { bankAccountId, clientIds });
	await until(async () => (await sandbox.streams()) >= clientIds.length, { what: 'the streams are open', everyMs: 500 });

	const payments: WorkCaller = new Caller('payments', { url: published.payments, each: 2, tickMs: TICK_MS });
	const orders: WorkCaller = new Caller('orders', { url: published.orders, each: 2, tickMs: TICK_MS });
	const callers = [payments, orders];
	const made: MadeDeposit[] = [];
	const measurements: Measurement[] = [];
	const roundMs = Math.min(Math.max((minutes * 60_000) / ROUNDS_PER_SOAK, ROUND_MS.min), ROUND_MS.max);
	const began = Date.now();
	let hits = 0;
	while (Date.now() - began < minutes * 60_000 || measurements.length < MIN_ROUNDS) {
		hits += await runRound(sandbox, { payments, orders, made }, Date.now() + roundMs);
		const measured = await measurer.measure();
		measurements.push({ at: Date.now() - began, ...measured });
		const done = callers.map((caller) => `${caller.done.length} ${caller.name}`).join(', ');
		console.log(`  round ${measurements.length}: ${measuredLine(measured)}; ${done}`);
	}
	const [late] = await Promise.all(callers.map(async (caller) => await caller.finish(Date.now() + FINISH_MS)));
	await approve(sandbox, late);
	const calls = (await sandbox.requests()).at(-1)?.seq ?? 0;
	const hasRun = async () =>
		(await published.stream.read()).length >= made.length &&
		(await webhooksIn(published.webhooks)).length >= (await sentWebhooks(sandbox)).sent.size;
	// After the timeout, the audit shows what did not run.
	await until(hasRun, { what: 'every event has started its run', everyMs: 500 }).catch(() => undefined);
	const audit = await auditWork(sandbox, published, { callers, made, clientIds });
	return { minutes, rounds: measurements.length, hits, calls, callers, trends: trendsOf(measurements), audit };
}

/** Payments, orders, webhooks and stream events on a real n8n, with faults. Fails when a measurement grows or the ledger differs. */
export async function soakWork({ minutes }: { minutes: number }): Promise<void> {
	const inspectPort = await freePort();
	const stack = await startFreshStack(temporaryFolder('soak'), {
		env: { EXECUTIONS_DATA_PRUNE: 'false' },
		nodeOptions: [`--inspect=127.0.0.1:${inspectPort}`],
	});
	const measurer = await measurerOf({ pid: stack.n8n.pid, inspectPort });
	const soaked = await step(`Mixed work for ${minutes} min`, async () => await work(stack, measurer, minutes));
	measurer.close();
	const warnings = listenerWarnings(join(stack.dataFolder, 'n8n.log'));
	console.log(report(soaked, warnings));
	const errors = [
		...soaked.trends.filter(({ isHeld }) => !isHeld).map(({ what }) => `${what} grew beyond its bound`),
		...soaked.audit.filter(({ isRight }) => !isRight).map(({ what }) => `the numbers of ${what} differ`),
		...(warnings > 0 ? ['Node warned about listeners'] : []),
	];
	if (errors.length > 0) throw new Failure(`The soak failed: ${errors.join('; ')}`, 'see the tables above');
}
