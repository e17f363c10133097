import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../../shared/client';
import { keyedLock } from '../../../shared/core/keyedLock';
import { ClientFeed } from '../changes/clientFeed';
import { JournalStore } from '../outbox/store';
import { Outbox } from '../outbox/outbox';
import { settingsOf } from '../eventParameters';
import { isPermanent } from '../outage';
import type { TriggerContext } from './clientStream';
import { authorise, clientStream } from './clientStream';
import type { EventStream } from './eventStream';

/** So many clients of a trigger ask Fondo at a time: a start, or the end of an outage, begins no storm of calls. */
const CLIENTS_AT_ONCE = 10;

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
	const save = (isUrgent: boolean) => (gatherMs === 0 && !isUrgent ? journals.saveUnlessJustSaved(feeds) : journals.save(feeds));
	const outbox = new Outbox(context, filter, {
		save: isManual ? () => undefined : save,
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
		const attempts = await Promise.allSettled(feeds.slice(0, CLIENTS_AT_ONCE).map(async (feed) => await authorise(trigger, feed)));
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
