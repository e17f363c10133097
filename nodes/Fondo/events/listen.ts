import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { reportFailure } from '../../shared/events/report';
import { clientFor } from '../../shared/transport/client';
import { clock } from '../../shared/transport/clock';
import { fondo } from '../api';
import { EventStream } from './eventStream';
import type { SavedJournal } from './journal';
import { Outbox } from './outbox';
import { settingsOf } from './parameters';
import { isRefusal } from './refused';
import { Patience } from './socket';
import { Trouble } from './trouble';
import { Watch } from './watch';

const SECOND = 1_000;
const MINUTE = 60_000;
/** A list can know what the stream is about to tell: its frames go first, they know of each step and not of the last alone. */
const SETTLING_MS = 2_000;
/** In a flood the journal is written now and then: what is told again after a crash for it, n8n knows by its key. */
const SAVING_MS = 250;

type Journals = Record<string, SavedJournal>;

/** What a trigger knew when it was closed: n8n stores that only with the next event, and a changed workflow opens another at once. */
const lately = new Map<string, Journals>();

const newest = (one: SavedJournal | undefined, other: SavedJournal | undefined) =>
	one !== undefined && (other === undefined || one.readTo > other.readTo) ? one : other;

/** The Fondo Trigger: a stream for each client, and executions of what they tell. */
export async function listen(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const node = context.getNode();
	if (typeof WebSocket === 'undefined')
		throw new NodeOperationError(node, 'The Fondo Trigger needs n8n on Node.js 22 or newer', {
			description: 'Update Node.js, or use the Fondo Polling Trigger: it asks Fondo at intervals and tells of the same events.',
		});
	const isManual = context.getMode() === 'manual';
	const isPublished = context.getActivationMode() === 'activate';
	const { clients, wanted, option, isOn } = settingsOf(context);
	const kept = context.getWorkflowStaticData('node') as { journals?: Journals };
	const nodeKey = `${context.getWorkflow().id} ${node.id}`;
	// A workflow that is off collects nothing. When n8n starts, or a workflow that is on was changed, it goes on where it was.
	const isAnew = isManual || (isPublished && !isOn('catchUpAfterPause'));
	const savedOf = (clientId: string) => (isAnew ? undefined : newest(lately.get(nodeKey)?.[clientId], kept.journals?.[clientId]));
	const watches = clients.map((clientId) => new Watch(clientId, wanted, savedOf(clientId)));
	let savedAt = 0;
	const save = () => {
		if (isManual) return;
		savedAt = clock.now();
		const begun = watches.filter(({ journal }) => journal.readTo !== undefined);
		kept.journals = Object.fromEntries(begun.map(({ clientId, journal }) => [clientId, journal.saved()]));
	};
	const gatherMs = isManual ? 0 : option('gatherSeconds', 0) * SECOND;

	const stopping = new AbortController();
	const { signal } = stopping;
	const outbox = new Outbox(context, wanted, {
		save: () => (gatherMs === 0 && clock.now() - savedAt < SAVING_MS ? undefined : save()),
		gatherMs,
		oneAtATime: isOn('oneAtATime'),
		signal,
	});
	const client = async () => await clientFor(context, fondo, { signal });
	const authorise = async (watch: Watch) => {
		await watch.begin(await client());
		return String((await context.getCredentials('fondoApi')).accessToken);
	};
	const { baseUrl } = fondo.placeOf(await context.getCredentials('fondoApi'));
	const reportAfterMs = option('reportAfterMinutes', 15) * MINUTE;
	const troubleWith = (what: string) => new Trouble(what, reportAfterMs, node, context.logger, (error) => reportFailure(context, error));
	const checkMinutes = option('checkMinutes', 5);
	const streamOf = (watch: Watch, trouble: (error: unknown) => void, recovered: () => void) => {
		const lists = troubleWith(`Reading the lists of Fondo for client ${watch.clientId}`);
		let isPuzzled = false;
		return new EventStream({
			url: `${baseUrl.replace(/^http/, 'ws')}/v2/partner/client/${encodeURIComponent(watch.clientId)}/subscribe`,
			patience: new Patience(Math.max(option('silenceSeconds', 120), 5) * SECOND),
			checkEveryMs: checkMinutes === 0 ? 0 : Math.max(checkMinutes * MINUTE, SECOND),
			authorise: async () => await authorise(watch),
			readLists: async () => {
				const read = await watch.read(await client());
				await clock.sleep(SETTLING_MS, signal);
				if (read.refused === undefined) lists.over();
				else lists.happened(read.refused);
				return read;
			},
			deliver: (changes, read) => outbox.deliver(watch, changes, read),
			puzzled: () => {
				if (!isPuzzled)
					context.logger.warn(`Fondo sent something to '${node.name}' that is no event; it was left out. This is logged once.`);
				isPuzzled = true;
			},
			checkFailed: (error) => lists.happened(error),
			trouble,
			recovered,
		});
	};
	const streams: EventStream[] = [];
	const closeFunction = async () => {
		for (const stream of streams) stream.stop();
		stopping.abort();
		save();
		if (kept.journals && !isManual) lately.set(nodeKey, kept.journals);
	};

	if (isManual) {
		const connect = async (watch: Watch) =>
			await new Promise<void>((resolve, reject) => {
				let isConnected = false;
				const connected = () => {
					isConnected = true;
					resolve();
				};
				const failed = (error: unknown) => {
					// Once it listens it goes on listening, as the published workflow does.
					if (isConnected) return;
					void closeFunction();
					reject(error instanceof NodeApiError ? error : new NodeOperationError(node, error as Error));
				};
				streams.push(streamOf(watch, failed, connected));
				streams.at(-1)?.begin();
			});
		return { closeFunction, manualTriggerFunction: async () => void (await Promise.all(watches.map(connect))) };
	}
	for (const watch of watches) {
		const trouble = troubleWith(`The event stream of Fondo for client ${watch.clientId}`);
		streams.push(
			streamOf(
				watch,
				(error) => trouble.happened(error),
				() => trouble.over(),
			),
		);
	}
	// Whoever publishes looks, so wrong settings are told then. When n8n starts nothing may throw: such a trigger would be dead for good.
	if (['activate', 'update'].includes(context.getActivationMode())) {
		const tried = await Promise.allSettled(watches.map(authorise));
		const refused = tried.find((one) => one.status === 'rejected' && isRefusal(one.reason));
		if (refused?.status === 'rejected') return await Promise.reject(refused.reason);
		// n8n keeps this once the trigger is on: a restart before the first event goes on from here.
		save();
	}
	for (const stream of streams) stream.begin();
	return { closeFunction };
}
