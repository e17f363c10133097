import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { SendRequest } from '../../shared/http/request';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { fondo } from '../api';
import type { SavedJournal } from './delivery/journal';
import type { Journals, Kept } from './delivery/journalStore';
import { journalsIn, keepJournals } from './delivery/journalStore';
import type { Settings } from './eventParameters';
import { settingsOf } from './eventParameters';
import { isRefusal } from './changes/refused';
import { oldestFirst } from './stream/transition';
import type { KnownOutage } from './stream/outageReporter';
import { OutageReporter } from './stream/outageReporter';
import { ClientFeed } from './changes/clientFeed';
import { itemOf } from './changes/eventFilter';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far a manual run looks back for something to show, and how much it shows. */
const SAMPLE_DAYS = 30;
const SAMPLES = 10;

/** n8n makes a new context for each poll; how long it has been going wrong is remembered here. */
const troubles = new Map<string, KnownOutage>();
/** n8n (2.41) starts a poll also while the one before still runs: both would tell the same. */
const running = new Set<string>();
/** A context has its activation mode for all its polls; only the first of them has somebody who looks. */
const polled = new WeakSet<IPollFunctions>();

function troubleOf(context: IPollFunctions, { option }: Settings, key: string): OutageReporter {
	const known = troubles.get(key) ?? {};
	troubles.set(key, known);
	const report = (error: NodeOperationError) => context.__emitError(error);
	return new OutageReporter('Polling Fondo', option('reportAfterMinutes', 15) * MINUTE, context.getNode(), context.logger, report, known);
}

/** What is new of one client, and its journal afterwards. */
async function readClient(
	send: SendRequest,
	clientId: string,
	{ wanted }: Settings,
	journal: SavedJournal | undefined,
	from: number | undefined,
) {
	const watch = new ClientFeed(clientId, wanted, journal);
	if (from !== undefined) watch.journal.startAt(from);
	await watch.begin(send);
	const read = await watch.read(send);
	const items = watch.take(oldestFirst(read.changes)).map((change) => {
		watch.done(change);
		return { json: itemOf(wanted, clientId, change, clock.now()) };
	});
	if (read.refused === undefined) watch.journal.advance(read.changes, read.readAt);
	return { items, saved: watch.journal.saved(), refused: read.refused };
}

async function sample(context: IPollFunctions, settings: Settings): Promise<INodeExecutionData[][]> {
	const send = await clientFor(context, fondo);
	const from = clock.now() - SAMPLE_DAYS * DAY;
	const items: INodeExecutionData[] = [];
	for (const clientId of settings.clients) items.push(...(await readClient(send, clientId, settings, undefined, from)).items);
	if (items.length > 0) return [items.slice(-SAMPLES)];
	throw new NodeOperationError(context.getNode(), `Nothing of what you wait for changed in the last ${SAMPLE_DAYS} days`, {
		description: 'Publish the workflow to wait for the next change, or choose other objects.',
	});
}

async function pollAll(context: IPollFunctions, settings: Settings, key: string): Promise<INodeExecutionData[][] | null> {
	const kept: Kept = context.getWorkflowStaticData('node');
	const known = journalsIn(kept);
	const isFirst = !polled.has(context);
	polled.add(context);
	const activation = context.getActivationMode();
	const journals = isFirst && activation === 'activate' && !settings.isOn('catchUpAfterPause') ? {} : (known ?? {});
	const trouble = troubleOf(context, settings, key);
	const items: INodeExecutionData[] = [];
	const saved: Journals = { ...journals };
	const failures: unknown[] = [];
	for (const clientId of settings.clients) {
		const read = clientFor(context, fondo).then(async (send) => await readClient(send, clientId, settings, journals[clientId], undefined));
		const outcome = await read.catch((error: unknown) => ({ refused: error }));
		if (outcome.refused !== undefined) failures.push(outcome.refused);
		if (!('items' in outcome)) continue;
		items.push(...outcome.items);
		saved[clientId] = outcome.saved;
	}
	// Whoever publishes looks. Later, and when n8n starts, a trigger that throws would be dead for good or fail at every poll.
	const isWatched = isFirst && (activation === 'activate' || (activation === 'update' && known === undefined));
	if (isWatched && failures.length > 0 && isRefusal(failures[0])) return await Promise.reject(failures[0]);
	if (failures.length > 0) trouble.happened(failures[0]);
	else trouble.over();
	keepJournals(kept, saved);
	return items.length > 0 ? [items] : null;
}

/** The Fondo Polling Trigger: reads the lists, and tells what is new in them. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = settingsOf(context);
	if (context.getMode() === 'manual') return await sample(context, settings);
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (running.has(key)) return null;
	running.add(key);
	return await pollAll(context, settings, key).finally(() => running.delete(key));
}
