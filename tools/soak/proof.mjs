import { setTimeout as sleep } from 'node:timers/promises';
import { Executions } from '../n8n-host/executions.mjs';
import { saveTriggerWorkflow } from '../n8n-host/triggerWorkflow.mjs';
import { fondoReader } from './fondo.mjs';
import { storm } from './storm.mjs';
import { verdictOnNew, verdictOnStates } from './verdict.mjs';

const READ_EVERY_MS = 5_000;
/** Longer than the longest pause between two attempts to connect, and the reading of the lists after it. */
const QUIET_MS = 120_000;
/** Longer than any execution of these workflows takes. */
const CUT_SHORT_MS = 30_000;

const TRANSACTIONS = { objects: ['transaction'], kinds: ['created'] };
const GATHERED = { gatherSeconds: 2 };

/** The workflows of the proof: one execution for each event, several that gather events, one that follows accounts. */
const workflowsFor = (clients, gatherers) => [
	{ name: 'one execution each', clients, ...TRANSACTIONS },
	...Array.from({ length: gatherers }, (_, number) => ({
		name: `gathered ${number + 1}`,
		clients,
		...TRANSACTIONS,
		options: GATHERED,
	})),
	{ name: 'accounts', clients, objects: ['account'], kinds: ['updated'], options: { ...GATHERED, oneAtATime: true } },
];

const accountsOf = async (read, clients) =>
	(await Promise.all(clients.map(async (clientId) => await read(`/client/${clientId}/account`)))).flat();

/** Judges until all is told and nothing comes any more, or nothing has come for long. */
async function settled(judged) {
	let known = 0;
	let since = Date.now();
	let withCutShort = false;
	for (;;) {
		const judgement = await judged(withCutShort);
		const { verdicts, states } = judgement;
		const delivered = [...verdicts, states].reduce((sum, one) => sum + one.delivered, 0);
		const isComplete = verdicts.every(({ losses }) => losses === 0) && states.outdated === 0;
		if (delivered > known) since = Date.now();
		else if (isComplete || Date.now() - since > QUIET_MS) return judgement;
		known = delivered;
		withCutShort ||= Date.now() - since > CUT_SHORT_MS;
		await sleep(READ_EVERY_MS);
	}
}

/**
 * Sends events through cuts and restarts, to several workflows at once, and compares what n8n's executions say with what Fondo says.
 * plan: { events, cuts, seconds, gatherers }; gives { verdicts, states, cuts, connections, seconds }.
 */
export async function prove({ sandbox, client, credentials, n8n }, { gatherers, ...plan }, tell) {
	await sandbox.call('POST', '/clock', { speed: 1 });
	const read = await fondoReader(sandbox);
	const clients = (await read('/client')).map(({ id }) => id);
	const workflows = [];
	for (const { name, ...parameters } of workflowsFor(clients, gatherers)) {
		const saved = await saveTriggerWorkflow({ client, credentials }, `Soak: ${name}`, parameters);
		await client.publish(saved.workflow);
		workflows.push({ name, saved, executions: new Executions(client, saved) });
	}
	const streams = workflows.length * clients.length;
	while ((await sandbox.call('GET', '/stream')).connections < streams) await sleep(500);

	const { made, cuts, began } = await storm({ sandbox, n8n }, { clients, ...plan }, tell);
	const paidInto = new Set(made.map(({ account }) => account));
	const judged = async (withCutShort) => {
		const accounts = await accountsOf(read, clients);
		const all = await Promise.all(
			workflows.map(async ({ executions }) => await (withCutShort ? executions.readCutShort() : executions.read())),
		);
		const verdicts = workflows.slice(0, -1).map(({ name }, index) => ({ workflow: name, ...verdictOnNew(all[index], made) }));
		return { verdicts, states: verdictOnStates(all.at(-1), accounts, paidInto) };
	};
	const judgement = await settled(judged);
	const seconds = (Date.now() - began) / 1_000;
	for (const { saved } of workflows) await client.unpublish(saved.workflow);
	const { requests } = await sandbox.call('GET', '/requests');
	const connections = requests.filter(({ operationId, status }) => operationId === 'getWebsocket' && status === 101).length;
	return { ...judgement, made: made.length, cuts, connections, seconds };
}
