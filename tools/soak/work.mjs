import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../demo/table.mjs';
import { Failure } from '../failure.mjs';
import { freePort } from '../ports.mjs';
import { step } from '../progress.mjs';
import { saveCredentials } from '../stack.mjs';
import { startSuiteStack, temporaryFolder } from '../suite.mjs';
import { booksOf, runsOf } from './books.mjs';
import { beginFaults, endFaults } from './faults.mjs';
import { finvisApprover } from './finvis.mjs';
import { fondoReader } from './fondo.mjs';
import { Lane } from './lane.mjs';
import { listenerWarnings, measurerOf } from './measure.mjs';
import { trendsOf } from './trend.mjs';
import { deliverAll, webhooksOf } from './webhooks.mjs';
import { INVESTOR_ACCOUNT, publishWork } from './workflows.mjs';

const ROUNDS_PER_SOAK = 20;
const ROUND_MS = { least: 12_000, most: 60_000 };
/** Longer than connections are kept for the next call. */
const QUIET_MS = 8_000;
/** Longer than the ten minutes for which the node only looks after an unknown outcome. */
const FINISH_MS = 12 * 60_000;
const TICK_MS = 2_000;
const POLL_MS = 500;
const MUCH_CASH = 100_000_000;

/** The sandbox lets banks work at once, has room for more calls than one machine makes, and its tokens are renewed many times. */
const TOKEN = { tokenLifetimeSeconds: 120 };
const SETTINGS = {
	fondo: TOKEN,
	finvis: { ...TOKEN, waitForExecutionDate: false, batchSteps: { approved: 1, processing: 1 }, rateLimit: { requests: 100, seconds: 1 } },
};

async function until(ask, what, timeoutMs = 120_000) {
	for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_MS)) if (await ask()) return;
	throw new Failure(`${what} did not happen within ${timeoutMs / 1_000} s`);
}

/** Another person approves what was submitted, and the banks pay it. */
async function approve({ sandbox, approver }, submitted) {
	const ids = new Set(submitted.map(({ id }) => id));
	const pending = [];
	for (let page = 1, next = true; next; page += 1) {
		const { results, next: more } = await approver.read(`/approvals/pending?page=${page}&page_size=200`);
		pending.push(...results.filter(({ object_id: batch }) => ids.has(batch)));
		next = more;
	}
	for (const { id } of pending) {
		const { status } = await approver.post(`/approvals/${id}/approve`, id, {});
		if (status !== 200) throw new Failure(`The approval ${id} was answered by ${status}`);
	}
	const isPaid = async () => {
		const paid = new Set((await sandbox.ledger()).map(({ batchId }) => batchId));
		return pending.every(({ object_id: batch }) => paid.has(batch));
	};
	await until(isPaid, 'That every approved batch is paid');
	await deliverAll(sandbox);
}

async function arrivals({ sandbox }, made, endAt) {
	while (Date.now() < endAt) {
		const at = Date.now();
		const { transactions } = await sandbox.call('POST', '/deposits', { accountId: INVESTOR_ACCOUNT, amount: 1_000 });
		made.push(...transactions.map((id) => ({ id, at })));
		await sleep(TICK_MS / 2);
	}
}

/** A round: all kinds of work at once, with faults and a cut of the stream; then rest. */
async function round(world, { lanes, made }, endAt) {
	await beginFaults(world.sandbox);
	const [payments] = lanes;
	const working = [...lanes.map(async (lane) => await lane.work(endAt)), arrivals(world, made, endAt)];
	await sleep((endAt - Date.now()) / 2);
	await world.sandbox.call('POST', '/stream/cut');
	const answers = await Promise.all(working);
	const struck = await endFaults(world.sandbox);
	await approve(world, answers[lanes.indexOf(payments)]);
	await sleep(QUIET_MS);
	return struck;
}

const rounded = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

function report({ minutes, rounds, struck, calls, lanes, trends, books, warnings }) {
	const failed = lanes.map(({ name, failures }) => `${name} ${failures}`).join(', ');
	return `
${minutes} minutes, ${rounds} rounds; ${struck} of ${calls} calls struck by faults, failed runs that were sent again: ${failed}

n8n at rest, after the warm-up:

${table([
	['WHAT', 'FIRST', 'LAST', 'ROSE BY (FITTED)', 'BOUND'],
	...trends.map(({ what, first, last, rose, bound }) => [what, rounded(first), rounded(last), rose.toFixed(1), String(bound)]),
])}

Warnings of Node about listeners: ${warnings}

The books:

${table([
	['WHAT', 'ASKED FOR', 'BY N8N', 'BY THE LEDGER', 'DOUBLES'],
	...books.map(({ what, asked, n8n, ledger, doubles }) => [what, ...[asked, n8n, ledger, doubles].map(String)]),
])}
`;
}

async function work(stack, measure, minutes) {
	const { sandbox, client } = stack;
	await sandbox.call('PATCH', '/settings', SETTINGS);
	await sandbox.call('POST', '/deposits', { accountId: INVESTOR_ACCOUNT, amount: MUCH_CASH });
	const approver = await finvisApprover(sandbox);
	const clientIds = (await (await fondoReader(sandbox))('/client')).map(({ id }) => id);
	const [{ id: bankAccountId }] = (await approver.read('/accounts/')).results;
	const credentials = await saveCredentials(client, sandbox);
	const { payments, orders, told, streamed } = await publishWork({ client, credentials }, { bankAccountId, clientIds });
	await until(async () => (await sandbox.call('GET', '/stream')).connections >= clientIds.length, 'That the streams are open');

	const lanes = [new Lane('payments', payments, { each: 2, tickMs: TICK_MS }), new Lane('orders', orders, { each: 2, tickMs: TICK_MS })];
	const made = [];
	const world = { sandbox, approver };
	const measurements = [];
	const roundMs = Math.min(Math.max((minutes * 60_000) / ROUNDS_PER_SOAK, ROUND_MS.least), ROUND_MS.most);
	const began = Date.now();
	let struck = 0;
	while (Date.now() - began < minutes * 60_000 || measurements.length < 4) {
		struck += await round(world, { lanes, made }, Date.now() + roundMs);
		const found = await measure();
		measurements.push({ at: Date.now() - began, ...found });
		const texts = Object.entries(found).map(([what, value]) => `${what} ${rounded(value)}`);
		console.log(
			`  round ${measurements.length}: ${texts.join(', ')}; ${lanes.map(({ name, done }) => `${done.length} ${name}`).join(', ')}`,
		);
	}
	const late = await Promise.all(lanes.map(async (lane) => await lane.finish(Date.now() + FINISH_MS)));
	await approve(world, late[0]);
	const { requests } = await sandbox.call('GET', '/requests');
	// What does not come to an end in time is missing in the books.
	const hasRun = async () =>
		(await streamed.read()).length >= made.length && (await runsOf(told)).length >= (await webhooksOf(sandbox)).sent.size;
	await until(hasRun, 'That every event has started its run').catch(() => undefined);
	const books = await booksOf({ sandbox, read: await fondoReader(sandbox) }, { lanes, told, streamed, made, clientIds });
	return { rounds: measurements.length, struck, calls: requests.at(-1).seq, lanes, trends: trendsOf(measurements), books };
}

/** An hour, or `minutes`, of payments, orders, webhooks and stream events on a real n8n, with faults: nothing grows, and the books are right. */
export async function soakWork({ minutes }) {
	const inspectPort = await freePort();
	const stack = await startSuiteStack(temporaryFolder('soak'), {
		env: { EXECUTIONS_DATA_PRUNE: 'false' },
		nodeOptions: [`--inspect=127.0.0.1:${inspectPort}`],
	});
	const { measure, close } = await measurerOf({ pid: stack.n8n.pid, inspectPort });
	const soaked = await step(`${minutes} minutes of mixed work`, async () => await work(stack, measure, minutes));
	close();
	const warnings = listenerWarnings(join(stack.dataFolder, 'n8n.log'));
	console.log(report({ minutes, warnings, ...soaked }));
	const { trends, books } = soaked;
	const wrong = [
		...trends.filter(({ isHeld }) => !isHeld).map(({ what }) => `${what} grew beyond its bound`),
		...books.filter(({ isRight }) => !isRight).map(({ what }) => `the books of ${what} do not agree`),
		...(warnings > 0 ? ['Node warned about listeners'] : []),
	];
	if (wrong.length > 0) throw new Failure(`The soak failed: ${wrong.join('; ')}`, 'see the tables above');
}
