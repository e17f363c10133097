import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { fondo } from '../../api';
import type { TriggerContext } from './clientStream';
import { authorise, clientStream } from './clientStream';
import type { EventStream } from './eventStream';
import { JournalStore } from '../delivery/journalStore';
import { Outbox } from '../delivery/outbox';
import { settingsOf } from '../eventParameters';
import { isRefusal } from '../changes/refused';
import { ClientFeed } from '../changes/clientFeed';

/** The Fondo Trigger: a stream for each client, and executions of what they tell. */
export async function listen(context: ITriggerFunctions): Promise<ITriggerResponse> {
	if (typeof WebSocket === 'undefined')
		throw new NodeOperationError(context.getNode(), 'The Fondo Trigger needs n8n on Node.js 22 or newer', {
			description: 'Update Node.js, or use the Fondo Polling Trigger: it asks Fondo at intervals and tells of the same events.',
		});
	const settings = settingsOf(context);
	const { clients, wanted, option, isOn } = settings;
	const isManual = context.getMode() === 'manual';
	const activation = context.getActivationMode();
	const journals = new JournalStore(context);
	// A workflow that is off collects nothing. When n8n starts, or a workflow that is on was changed, it goes on where it was.
	const isAnew = isManual || (activation === 'activate' && !isOn('catchUpAfterPause'));
	const watches = clients.map((clientId) => new ClientFeed(clientId, wanted, isAnew ? undefined : journals.of(clientId)));

	const stopping = new AbortController();
	const { signal } = stopping;
	const gatherMs = isManual ? 0 : option('gatherSeconds', 0) * 1_000;
	const save = () => (gatherMs === 0 ? journals.saveUnlessJustSaved(watches) : journals.save(watches));
	const outbox = new Outbox(context, wanted, {
		save: isManual ? () => undefined : save,
		gatherMs,
		oneAtATime: isOn('oneAtATime'),
		signal,
	});
	const { baseUrl } = fondo.connectionOf(await context.getCredentials('fondoApi'));
	const around: TriggerContext = { context, settings, outbox, baseUrl, signal };
	const streams: EventStream[] = [];
	const closeFunction = async () => {
		for (const stream of streams) stream.stop();
		stopping.abort();
		if (!isManual) journals.leave(watches);
	};

	if (isManual) {
		const manualTriggerFunction = async () => {
			await Promise.all(watches.map(async (watch) => await connected(around, watch, streams))).catch(async (error: unknown) => {
				await closeFunction();
				return await Promise.reject(error);
			});
		};
		return { closeFunction, manualTriggerFunction };
	}
	// Whoever publishes looks, so wrong settings are told then. When n8n starts nothing may throw: such a trigger would be dead for good.
	if (['activate', 'update'].includes(activation)) {
		const tried = await Promise.allSettled(watches.map(async (watch) => await authorise(around, watch)));
		const refused = tried.find((one) => one.status === 'rejected' && isRefusal(one.reason));
		if (refused?.status === 'rejected') return await Promise.reject(refused.reason);
		// n8n keeps this once the trigger is on: a restart before the first event goes on from here.
		journals.save(watches);
	}
	streams.push(...watches.map((watch) => clientStream(around, watch)));
	for (const stream of streams) stream.begin();
	return { closeFunction };
}

/** For listening in the editor: settles when the stream is live, or with why it cannot be. */
const connected = async (around: TriggerContext, watch: ClientFeed, streams: EventStream[]) =>
	await new Promise<void>((resolve, reject) => {
		const trouble = (error: unknown) =>
			reject(error instanceof NodeApiError ? error : new NodeOperationError(around.context.getNode(), error as Error));
		// Once live it goes on as the published workflow does: what has settled does not settle again.
		const stream = clientStream(around, watch, { trouble, recovered: resolve });
		streams.push(stream);
		stream.begin();
	});
