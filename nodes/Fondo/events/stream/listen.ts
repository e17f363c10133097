import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../../shared/client';
import { clientFor } from '../../../shared/client';
import { clock } from '../../../shared/core/clock';
import { keyedLock } from '../../../shared/core/keyedLock';
import { saveFailedExecution } from '../../../shared/triggers/failedExecution';
import { ClientFeed } from '../changes/clientFeed';
import { frameReader } from '../changes/frame';
import { JournalStore } from '../outbox/store';
import { Outbox } from '../outbox/outbox';
import type { Settings } from '../eventParameters';
import { settingsOf } from '../eventParameters';
import { isPermanent } from '../../../shared/http/errors';
import { OutageReporter } from '../outage';
import { EventStream } from './eventStream';
import { explainRefusal, IdleTimeout } from './socket';

const SECOND = 1_000;
const MINUTE = 60_000;
/**
 * Wait after a read of the lists: frames for the same changes may still be on their way. The stream reports every state of an object,
 * a list only the last one.
 */
const SETTLE_MS = 2_000;
/** On an open connection, the frames of a change may come later than the change shows in a list. */
const LIVE_SETTLE_MS = 30_000;
/** So many clients of a trigger ask Fondo at a time: a start, or the end of an outage, begins no storm of calls. */
const CLIENTS_AT_ONCE = 10;

/** What all streams of one trigger share. */
interface TriggerContext {
	readonly context: ITriggerFunctions;
	readonly api: Api;
	readonly settings: Settings;
	readonly outbox: Outbox;
	readonly baseUrl: string;
	/** Runs what a client asks Fondo when it is the client's turn: a few clients at a time. */
	readonly inTurn: <T>(feed: ClientFeed, ask: () => Promise<T>) => Promise<T>;
}

/** Called when a stream breaks and when it is live again. By default an outage is reported as a failed execution. */
interface ConnectionCallbacks {
	readonly onOutage: (error: unknown) => void;
	readonly onRecovery: () => void;
}

/** Starts the feed and resolves to the access token for the socket. */
const authorise = async ({ context, api, inTurn }: TriggerContext, feed: ClientFeed, isPublishing = false): Promise<string> =>
	await inTurn(feed, async () => {
		await feed.start(await clientFor(context, api, { signal: feed.signal }), isPublishing);
		return String((await context.getCredentials(api.credential)).accessToken);
	});

const callbacksOf = (reporter: OutageReporter): ConnectionCallbacks => ({
	onOutage: (error) => reporter.failed(error),
	onRecovery: () => reporter.recovered(),
});

/** The stream of one client, not started. */
function clientStream(trigger: TriggerContext, feed: ClientFeed, callbacks?: ConnectionCallbacks): EventStream {
	const { context, api, settings, outbox, baseUrl, inTurn } = trigger;
	const { signal } = feed;
	const { option } = settings;
	const node = context.getNode();
	const reportAfterMs = option('reportAfterMinutes', 15) * MINUTE;
	const reporterOf = (what: string) =>
		new OutageReporter(`${what} of Fondo for client ${feed.clientId}`, reportAfterMs, node, context.logger, (error) =>
			saveFailedExecution(context, error),
		);
	const lists = callbacksOf(reporterOf('Reading the lists'));
	const url = `${baseUrl}/v2/partner/client/${encodeURIComponent(feed.clientId)}/subscribe`;
	const checkMinutes = option('checkMinutes', 5);
	return new EventStream({
		...(callbacks ?? callbacksOf(reporterOf('The event stream'))),
		url: url.replace(/^http/, 'ws'),
		explain: async (error) => await explainRefusal(context, api.credential, url, error),
		idleTimeout: new IdleTimeout(Math.max(option('silenceSeconds', 120), 5) * SECOND),
		checkEveryMs: checkMinutes === 0 ? 0 : Math.max(checkMinutes * MINUTE, SECOND),
		authorise: async () => await authorise(trigger, feed),
		readLists: async (isLive) => {
			const read = await inTurn(feed, async () => await feed.readLists(await clientFor(context, api, { signal })));
			await clock.sleep(isLive ? LIVE_SETTLE_MS : SETTLE_MS, signal);
			const trouble = read.refused ?? read.undated;
			if (trouble === undefined) lists.onRecovery();
			else lists.onOutage(trouble);
			return read;
		},
		read: frameReader(context, settings.filter),
		deliver: (changes, read) => outbox.deliver(feed, changes, read),
		keep: (changes) => void feed.take(changes),
		onFailedCheck: lists.onOutage,
	});
}

/** The Fondo Trigger: one stream for each client; each matching change starts an execution. */
export async function listen(context: ITriggerFunctions, api: Api): Promise<ITriggerResponse> {
	if (typeof WebSocket === 'undefined')
		throw new NodeOperationError(context.getNode(), 'The Fondo Trigger needs n8n on Node.js 22 or newer', {
			description: 'Update Node.js, or use the Fondo Polling Trigger: it asks Fondo at intervals and reports the same events.',
		});
	const settings = settingsOf(context);
	const { clients, filter, option, isOn } = settings;
	const isManual = context.getMode() === 'manual';
	const activation = context.getActivationMode();
	const journals = new JournalStore(context);
	// A published workflow starts now. After a restart of n8n or a change of an active workflow, the trigger continues where it was.
	const startsNow = isManual || (activation === 'activate' && !isOn('catchUpAfterPause'));
	const feeds = clients.map((clientId) => new ClientFeed(clientId, filter, startsNow ? undefined : journals.of(clientId)));
	for (const feed of feeds) feed.begin();

	const gatherMs = isManual ? 0 : option('gatherSeconds', 0) * 1_000;
	const outbox = new Outbox(context, filter, {
		save: isManual ? () => undefined : () => journals.save(feeds),
		waitMs: journals.waitMs,
		gatherMs,
		oneAtATime: isOn('oneAtATime'),
	});
	const { baseUrl } = api.connectionOf(await context.getCredentials(api.credential));
	const turns = keyedLock();
	const laneOf = new Map(feeds.map((feed, index) => [feed, String(index % CLIENTS_AT_ONCE)]));
	const inTurn: TriggerContext['inTurn'] = async (feed, ask) => await turns(laneOf.get(feed) ?? '', ask);
	const trigger: TriggerContext = { context, api, settings, outbox, baseUrl, inTurn };
	const streams: EventStream[] = [];
	const closeFunction = async () => {
		for (const stream of streams) stream.stop();
		for (const feed of feeds) feed.stop();
		if (!isManual) journals.close(feeds);
	};

	if (isManual) {
		const manualTriggerFunction = async () => {
			await Promise.all(feeds.map(async (feed) => await connected(trigger, feed, streams))).catch(async (error: unknown) => {
				await closeFunction();
				return await Promise.reject(error);
			});
		};
		return { closeFunction, manualTriggerFunction };
	}
	// Fail fast only when a user activates or updates the workflow. Never throw at n8n start-up: n8n does not retry such a trigger.
	if (['activate', 'update'].includes(activation)) {
		const attempts = await Promise.allSettled(
			feeds.slice(0, CLIENTS_AT_ONCE).map(async (feed) => await authorise(trigger, feed, startsNow)),
		);
		const refused = attempts.find((attempt) => attempt.status === 'rejected' && isPermanent(attempt.reason));
		if (refused?.status === 'rejected') return await Promise.reject(refused.reason);
		// n8n stores this once the trigger is on, so that a restart before the first event continues from here.
		journals.save(feeds);
	}
	streams.push(...feeds.map((feed) => clientStream(trigger, feed)));
	for (const stream of streams) stream.start();
	return { closeFunction };
}

/** For listening in the editor: resolves when the stream is live, rejects with the first error. */
const connected = async (trigger: TriggerContext, feed: ClientFeed, streams: EventStream[]) =>
	await new Promise<void>((resolve, reject) => {
		const onOutage = (error: unknown) =>
			reject(error instanceof NodeApiError ? error : new NodeOperationError(trigger.context.getNode(), error as Error));
		// Once live, the stream reconnects as in a published workflow: a settled promise ignores later calls.
		const stream = clientStream(trigger, feed, { onOutage, onRecovery: resolve });
		streams.push(stream);
		stream.start();
	});
