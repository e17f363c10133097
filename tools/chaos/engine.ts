import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/shared/core/clock';
import { Engine, memoryRows, type Run } from '../../test/support/n8n';
import type { Failed, FromEngine, Job, Receipt, Shown, ToEngine } from './messages';

const realClock = { ...clock };
const engines = new Map<Job['node'], Engine>();
const waiting = new Map<number, (items: unknown[]) => void>();
let lastRequest = 0;

const send = (message: FromEngine) => void process.send?.(message);

/** The database outlives this process, so the process that started this one keeps it. */
async function database(request: { kind: 'read'; row: string } | { kind: 'write'; row: string; items: unknown[] }): Promise<unknown[]> {
	const id = ++lastRequest;
	const answer = new Promise<unknown[]>((resolve) => waiting.set(id, resolve));
	send({ ...request, id });
	return await answer;
}

memoryRows.read = async (row) => await database({ kind: 'read', row });
memoryRows.write = async (row, items) => void (await database({ kind: 'write', row, items }));

const failedOf = ({ message, description, outcome, attempts }: IDataObject): Failed => ({
	message: String(message),
	...(typeof description === 'string' ? { description } : {}),
	...(typeof outcome === 'string' ? { outcome } : {}),
	...(typeof attempts === 'number' ? { attempts } : {}),
});

function shownOf({ items, error }: Run): Shown {
	const results = items.map(({ json, pairedItem }) => ({
		items: [pairedItem ?? []].flat().map((one) => (typeof one === 'number' ? one : one.item)),
		...(json.error === undefined ? { receipt: json.receipt as unknown as Receipt } : { error: failedOf(json.error as IDataObject) }),
	}));
	if (error === undefined) return { results };
	const { context, message, description } = error;
	const item = Number(context?.itemIndex ?? -1);
	return { results, stopped: { ...failedOf({ message, description, ...(context?.data as IDataObject | undefined) }), item } };
}

async function run({ node, settings, items, workflowId, executionId }: Job): Promise<Shown> {
	const engine = engines.get(node);
	if (engine === undefined) throw new Error(`There is no credential for ${node}`);
	return shownOf(await engine.run(settings, items, { workflowId, executionId }));
}

process.on('message', (message: ToEngine) => {
	if (message.kind === 'time') {
		const { began, speed, skipped } = message.time;
		clock.now = () => began + (Date.now() - began) * speed + skipped;
		clock.sleep = async (ms, signal) => await realClock.sleep(ms / speed, signal);
	} else if (message.kind === 'apis') {
		for (const node of ['fondo', 'finvis'] as const) engines.set(node, new Engine(node, message.credentials[node]));
	} else if (message.kind === 'row') {
		waiting.get(message.id)?.(message.items);
		waiting.delete(message.id);
	} else void run(message.job).then((shown) => send({ kind: 'shown', id: message.id, shown }));
});
send({ kind: 'ready' });
