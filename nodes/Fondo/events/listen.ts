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
	const kept = context.getWorkflowStaticData('node') as { journals?: Record<string, SavedJournal> };
	// A workflow that is off collects nothing. When n8n starts, or a workflow that is on was changed, it goes on where it was.
	const saved = isManual || (isPublished && !isOn('catchUpAfterPause')) ? undefined : kept.journals;
	const watches = clients.map((clientId) => new Watch(clientId, wanted, saved?.[clientId]));
	const save = () => {
		if (isManual) return;
		const begun = watches.filter(({ journal }) => journal.readTo !== undefined);
		kept.journals = Object.fromEntries(begun.map(({ clientId, journal }) => [clientId, journal.saved()]));
	};

	const stopping = new AbortController();
	const { signal } = stopping;
	const outbox = new Outbox(context, wanted, {
		save,
		gatherMs: isManual ? 0 : option('gatherSeconds', 0) * SECOND,
		oneAtATime: isOn('oneAtATime'),
		signal,
	});
	const client = async () => await clientFor(context, fondo, { signal });
	const authorise = async (watch: Watch) => {
		await watch.begin(await client());
		return String((await context.getCredentials('fondoApi')).accessToken);
	};
	const { baseUrl } = fondo.placeOf(await context.getCredentials('fondoApi'));
	const streamOf = (watch: Watch, trouble: (error: unknown) => void, recovered: () => void) =>
		new EventStream({
			url: `${baseUrl.replace(/^http/, 'ws')}/v2/partner/client/${encodeURIComponent(watch.clientId)}/subscribe`,
			patience: new Patience(option('silenceSeconds', 120) * SECOND),
			checkEveryMs: Math.max(option('checkMinutes', 5) * MINUTE, SECOND),
			authorise: async () => await authorise(watch),
			readLists: async () => {
				const changes = await watch.read(await client());
				await clock.sleep(SETTLING_MS, signal);
				return changes;
			},
			deliver: (changes, read) => outbox.deliver(watch, changes, read),
			trouble,
			recovered,
		});
	const streams: EventStream[] = [];
	const closeFunction = async () => {
		for (const stream of streams) stream.stop();
		stopping.abort();
		save();
	};

	if (isManual) {
		const connect = async (watch: Watch) =>
			await new Promise<void>((resolve, reject) => {
				const failed = (error: unknown) => {
					void closeFunction();
					reject(error instanceof NodeApiError ? error : new NodeOperationError(node, error as Error));
				};
				streams.push(streamOf(watch, failed, resolve));
				streams.at(-1)?.begin();
			});
		return { closeFunction, manualTriggerFunction: async () => void (await Promise.all(watches.map(connect))) };
	}
	for (const watch of watches) {
		const what = `The event stream of Fondo for client ${watch.clientId}`;
		const reportAfterMs = option('reportAfterMinutes', 15) * MINUTE;
		const trouble = new Trouble(what, reportAfterMs, node, context.logger, (error) => reportFailure(context, error));
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
