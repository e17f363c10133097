import type { INodeParameters } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { Executions } from '../harness/n8n/executions';
import { saveTriggerWorkflow, type Owner } from '../harness/n8n/workflow';
import type { SandboxClient } from '../harness/sandbox';
import type { Restartable } from '../harness/service';
import { until } from '../harness/until';
import { applyEventLoad, type LoadPlan, type MadeEvent } from './eventLoad';
import { verdictOnEvents, verdictOnStates, type EventVerdict, type StateItem, type StateVerdict } from './verdict';

const READ_EVERY_MS = 5_000;
/** Longer than the longest pause between two attempts to connect, plus the catch-up read after it. */
const QUIET_MS = 120_000;
/** Longer than any execution of these workflows takes. */
const INTERRUPTED_MS = 30_000;
/** Longer than n8n needs to publish the workflows and open their streams on a busy machine. */
const CONNECT_MS = 300_000;

const TRANSACTIONS: INodeParameters = { objects: ['transaction'], kinds: ['created'] };
const GATHERED = { gatherSeconds: 2 };

interface Plan {
	readonly name: string;
	readonly parameters: INodeParameters;
}

/** The workflows whose events are counted: one with an execution for each event, several that gather events. */
const eventWorkflows = (clients: string[], gatherers: number): Plan[] => [
	{ name: 'one execution each', parameters: { clients, ...TRANSACTIONS } },
	...Array.from({ length: gatherers }, (_, number) => ({
		name: `gathered ${number + 1}`,
		parameters: { clients, ...TRANSACTIONS, options: GATHERED },
	})),
];

/** The workflow that follows the states of accounts. */
const accountWorkflow = (clients: string[]): Plan => ({
	name: 'accounts',
	parameters: { clients, objects: ['account'], kinds: ['updated'], options: { ...GATHERED, oneAtATime: true } },
});

export interface WorkflowVerdict extends EventVerdict<MadeEvent> {
	readonly workflow: string;
}

interface Judgement {
	readonly verdicts: readonly WorkflowVerdict[];
	readonly states: StateVerdict;
}

export interface EventProof extends Judgement {
	readonly made: number;
	readonly cuts: number;
	/** How many streams n8n opened. */
	readonly connections: number;
	readonly seconds: number;
}

/** Judges until everything arrived and the count rests, or until nothing arrives for long. */
async function settled(judge: (withInterrupted: boolean) => Promise<Judgement>): Promise<Judgement> {
	let known = 0;
	let since = Date.now();
	let withInterrupted = false;
	for (;;) {
		const judgement = await judge(withInterrupted);
		const { verdicts, states } = judgement;
		const delivered = [...verdicts, states].reduce((sum, one) => sum + one.delivered, 0);
		const isComplete = verdicts.every(({ losses }) => losses === 0) && states.outdated === 0;
		if (delivered > known) since = Date.now();
		else if (isComplete || Date.now() - since > QUIET_MS) return judgement;
		known = delivered;
		withInterrupted ||= Date.now() - since > INTERRUPTED_MS;
		await sleep(READ_EVERY_MS);
	}
}

/** Sends events through cuts and restarts to several workflows at once, and compares n8n's executions with Fondo's lists. */
export async function proveEvents(
	{ sandbox, client, credentials, n8n }: Owner & { sandbox: SandboxClient; n8n: Restartable },
	{ gatherers, ...plan }: Omit<LoadPlan, 'clients'> & { gatherers: number },
	log?: (line: string) => void,
): Promise<EventProof> {
	await sandbox.setSpeed(1);
	const clients = (await sandbox.fondo.read<Array<{ id: string }>>('/client')).map(({ id }) => id);
	const publish = async <Item>({ name, parameters }: Plan) => {
		const saved = await saveTriggerWorkflow({ client, credentials }, `Soak: ${name}`, { parameters });
		await client.publish(saved.workflow);
		const executions = new Executions<Item>(client, saved);
		const read = async (withInterrupted: boolean) => await (withInterrupted ? executions.readInterrupted() : executions.read());
		return { name, workflow: saved.workflow, read };
	};
	const counted: Array<Awaited<ReturnType<typeof publish<{ id: string }>>>> = [];
	for (const one of eventWorkflows(clients, gatherers)) counted.push(await publish<{ id: string }>(one));
	const followed = await publish<StateItem>(accountWorkflow(clients));
	const workflows = [...counted, followed].map(({ workflow }) => workflow);
	const streams = workflows.length * clients.length;
	await until(async () => (await sandbox.streams()) >= streams, { what: 'all streams are open', timeoutMs: CONNECT_MS, everyMs: 500 });

	const { made, cuts, began } = await applyEventLoad({ sandbox, n8n }, { clients, ...plan }, log);
	const changed = new Set(made.map(({ account }) => account));
	const judgement = await settled(async (withInterrupted) => {
		const accounts = await Promise.all(
			clients.map(async (id) => await sandbox.fondo.read<Array<{ id: string; modifiedDate: string }>>(`/client/${id}/account`)),
		);
		const [states, ...events] = await Promise.all([
			followed.read(withInterrupted).then((executions) => verdictOnStates(executions, accounts.flat(), changed)),
			...counted.map(async ({ name, read }) => ({ workflow: name, ...verdictOnEvents(await read(withInterrupted), made) })),
		]);
		return { verdicts: events, states };
	});
	const seconds = (Date.now() - began) / 1_000;
	for (const workflow of workflows) await client.unpublish(workflow);
	const connections = (await sandbox.requests('getWebsocket')).filter(({ status }) => status === 101).length;
	return { ...judgement, made: made.length, cuts, connections, seconds };
}
