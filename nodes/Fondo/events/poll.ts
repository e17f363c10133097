import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import type { SendRequest } from '../../shared/http/request';
import { oldestFirst } from './changes/change';
import { ClientFeed } from './changes/clientFeed';
import { itemOf } from './changes/eventFilter';
import type { ReadResult } from './changes/lists';
import type { Journals, SavedJournal, TriggerStaticData } from './outbox/savedJournal';
import { readJournals, writeJournals } from './outbox/savedJournal';
import type { Settings } from './eventParameters';
import { settingsOf } from './eventParameters';
import type { OutageState } from './outage';
import { isPermanent } from '../../shared/http/errors';
import { OutageReporter } from './outage';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How many days a manual run looks back for sample events, and how many it shows. */
const SAMPLE_DAYS = 30;
const SAMPLES = 10;

/** The outage of each trigger by workflow and node, because n8n creates a new context for each poll. */
const outages = new Map<string, OutageState>();
/** n8n (2.41) starts a poll even while the previous one runs: both would return the same changes. */
const running = new Set<string>();
/** Contexts that have polled before. A context keeps its activation mode for all its polls; only the first poll is part of the activation. */
const polled = new WeakSet<IPollFunctions>();

function reporterOf(context: IPollFunctions, { option }: Settings, key: string): OutageReporter {
	const state = outages.get(key) ?? {};
	outages.set(key, state);
	const report = (error: NodeOperationError) => context.__emitError(error);
	return new OutageReporter('Polling Fondo', option('reportAfterMinutes', 15) * MINUTE, context.getNode(), context.logger, report, state);
}

/** The new items of one client, and its journal afterwards. */
async function readClient(
	send: SendRequest,
	clientId: string,
	{ filter }: Settings,
	journal: SavedJournal | undefined,
	from: number | undefined,
) {
	const feed = new ClientFeed(clientId, filter, journal);
	if (from !== undefined) feed.journal.startAt(from);
	feed.begin();
	const read: ReadResult = await feed
		.readLists(send)
		.catch((error: unknown) => ({ changes: [], readAt: undefined, refused: error, unread: [] }));
	const items = feed.take(oldestFirst(read.changes)).map((change) => {
		feed.confirm(change);
		return { json: itemOf(filter, clientId, change) };
	});
	if (read.refused === undefined) feed.journal.advance(read.changes, read.readAt);
	return { items, saved: feed.journal.saved(), refused: read.refused ?? read.undated };
}

async function sample(context: IPollFunctions, api: Api, settings: Settings): Promise<INodeExecutionData[][]> {
	const send = await clientFor(context, api);
	const from = clock.now() - SAMPLE_DAYS * DAY;
	const items: INodeExecutionData[] = [];
	for (const clientId of settings.clients) {
		const read = await readClient(send, clientId, settings, undefined, from);
		if (read.items.length === 0 && read.refused !== undefined) return await Promise.reject(read.refused);
		for (const item of read.items) items.push(item);
	}
	if (items.length > 0) return [items.slice(-SAMPLES)];
	throw new NodeOperationError(context.getNode(), `Nothing of what you wait for changed in the last ${SAMPLE_DAYS} days`, {
		description: 'Publish the workflow to wait for the next change, or choose other objects.',
	});
}

async function pollAll(context: IPollFunctions, api: Api, settings: Settings, key: string): Promise<INodeExecutionData[][] | null> {
	const staticData: TriggerStaticData = context.getWorkflowStaticData('node');
	const known = readJournals(staticData);
	const isFirst = !polled.has(context);
	polled.add(context);
	const activation = context.getActivationMode();
	const journals = isFirst && activation === 'activate' && !settings.isOn('catchUpAfterPause') ? {} : (known ?? {});
	const reporter = reporterOf(context, settings, key);
	const items: INodeExecutionData[] = [];
	const saved: Journals = { ...journals };
	const failures: unknown[] = [];
	for (const clientId of settings.clients) {
		const read = clientFor(context, api).then(async (send) => await readClient(send, clientId, settings, journals[clientId], undefined));
		const outcome = await read.catch((error: unknown) => ({ refused: error }));
		if (outcome.refused !== undefined) failures.push(outcome.refused);
		if (!('items' in outcome)) continue;
		for (const item of outcome.items) items.push(item);
		saved[clientId] = outcome.saved;
	}
	// Fail fast only when a user activates or updates the workflow. Never throw at n8n start-up: n8n does not retry such a trigger.
	const isActivatedByUser = isFirst && (activation === 'activate' || (activation === 'update' && known === undefined));
	if (isActivatedByUser && failures.length > 0 && isPermanent(failures[0])) return await Promise.reject(failures[0]);
	if (failures.length > 0) reporter.failed(failures[0]);
	else reporter.recovered();
	writeJournals(staticData, saved);
	return items.length > 0 ? [items] : null;
}

/** The Fondo Polling Trigger: reads the lists and returns the changes since the last poll; null when there are none. */
export async function poll(context: IPollFunctions, api: Api): Promise<INodeExecutionData[][] | null> {
	const settings = settingsOf(context);
	if (context.getMode() === 'manual') return await sample(context, api, settings);
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (running.has(key)) return null;
	running.add(key);
	return await pollAll(context, api, settings, key).finally(() => running.delete(key));
}
