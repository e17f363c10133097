import type { ITriggerFunctions } from 'n8n-workflow';
import type { Api } from '../../../shared/client';
import { clientFor } from '../../../shared/client';
import { clock } from '../../../shared/core/clock';
import { saveFailedExecution } from '../../../shared/triggers/failedExecution';
import type { ClientFeed } from '../changes/clientFeed';
import type { Outbox } from '../outbox/outbox';
import type { Settings } from '../eventParameters';
import { OutageReporter } from '../outage';
import { EventStream } from './eventStream';
import { explainRefusal } from './explainRefusal';
import { frameReader } from './frameReader';
import { IdleTimeout } from './socket';

const SECOND = 1_000;
const MINUTE = 60_000;
/**
 * Wait after a read of the lists: frames for the same changes may still be on their way. The stream reports every state of an object,
 * a list only the last one.
 */
const SETTLE_MS = 2_000;
/** On an open connection, the frames of a change may come later than the change shows in a list. */
const LIVE_SETTLE_MS = 30_000;

/** What all streams of one trigger share. */
export interface TriggerContext {
	readonly context: ITriggerFunctions;
	readonly api: Api;
	readonly settings: Settings;
	readonly outbox: Outbox;
	readonly baseUrl: string;
	/** Runs what a client asks Fondo when it is the client's turn: a few clients at a time. */
	readonly inTurn: <T>(feed: ClientFeed, ask: () => Promise<T>) => Promise<T>;
}

/** Called when a stream breaks and when it is live again. By default an outage is reported as a failed execution. */
export interface ConnectionCallbacks {
	readonly onOutage: (error: unknown) => void;
	readonly onRecovery: () => void;
}

/** Starts the feed and resolves to the access token for the socket. */
export const authorise = async ({ context, api, inTurn }: TriggerContext, feed: ClientFeed): Promise<string> =>
	await inTurn(feed, async () => {
		await feed.start(await clientFor(context, api, { signal: feed.signal }));
		return String((await context.getCredentials(api.credential)).accessToken);
	});

const callbacksOf = (reporter: OutageReporter): ConnectionCallbacks => ({
	onOutage: (error) => reporter.failed(error),
	onRecovery: () => reporter.recovered(),
});

/** The stream of one client, not started. */
export function clientStream(trigger: TriggerContext, feed: ClientFeed, callbacks?: ConnectionCallbacks): EventStream {
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
