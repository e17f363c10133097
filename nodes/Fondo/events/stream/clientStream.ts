import type { ITriggerFunctions } from 'n8n-workflow';
import { saveFailedExecution } from '../../../shared/triggers/failedExecution';
import { clientFor } from '../../../shared/client';
import { clock } from '../../../shared/core/clock';
import { fondo } from '../../api';
import { EventStream } from './eventStream';
import type { Outbox } from '../delivery/outbox';
import type { Settings } from '../eventParameters';
import { IdleTimeout } from './socket';
import { OutageReporter } from './outageReporter';
import type { ClientFeed } from '../changes/clientFeed';

const SECOND = 1_000;
const MINUTE = 60_000;
/** A list can know what the stream is about to tell: its frames go first, they know of each step and not of the last alone. */
const SETTLING_MS = 2_000;

/** What streams of one trigger share. */
export interface TriggerContext {
	readonly context: ITriggerFunctions;
	readonly settings: Settings;
	readonly outbox: Outbox;
	readonly baseUrl: string;
	readonly signal: AbortSignal;
}

/** What becomes of a stream; without it, lasting trouble is told as n8n tells of failures. */
export interface ConnectionCallbacks {
	readonly trouble: (error: unknown) => void;
	readonly recovered: () => void;
}

/** Lets us in, and gives the token for the socket. */
export async function authorise({ context, signal }: TriggerContext, watch: ClientFeed): Promise<string> {
	await watch.begin(await clientFor(context, fondo, { signal }));
	return String((await context.getCredentials('fondoApi')).accessToken);
}

function callbacksOf(trouble: OutageReporter): ConnectionCallbacks {
	return { trouble: (error) => trouble.happened(error), recovered: () => trouble.over() };
}

/** The stream of one client, not begun. */
export function clientStream(around: TriggerContext, watch: ClientFeed, fate?: ConnectionCallbacks): EventStream {
	const { context, settings, outbox, baseUrl, signal } = around;
	const { option } = settings;
	const node = context.getNode();
	const reportAfterMs = option('reportAfterMinutes', 15) * MINUTE;
	const troubleWith = (what: string) =>
		new OutageReporter(`${what} of Fondo for client ${watch.clientId}`, reportAfterMs, node, context.logger, (error) =>
			saveFailedExecution(context, error),
		);
	const lists = callbacksOf(troubleWith('Reading the lists'));
	const checkMinutes = option('checkMinutes', 5);
	let isPuzzled = false;
	return new EventStream({
		...(fate ?? callbacksOf(troubleWith('The event stream'))),
		url: `${baseUrl.replace(/^http/, 'ws')}/v2/partner/client/${encodeURIComponent(watch.clientId)}/subscribe`,
		idleTimeout: new IdleTimeout(Math.max(option('silenceSeconds', 120), 5) * SECOND),
		checkEveryMs: checkMinutes === 0 ? 0 : Math.max(checkMinutes * MINUTE, SECOND),
		authorise: async () => await authorise(around, watch),
		readLists: async () => {
			const read = await watch.read(await clientFor(context, fondo, { signal }));
			await clock.sleep(SETTLING_MS, signal);
			if (read.refused === undefined) lists.recovered();
			else lists.trouble(read.refused);
			return read;
		},
		deliver: (changes, read) => outbox.deliver(watch, changes, read),
		onMalformed: () => {
			if (!isPuzzled) context.logger.warn(`Fondo sent something to '${node.name}' that is no event; it was left out. This is logged once.`);
			isPuzzled = true;
		},
		checkFailed: lists.trouble,
	});
}
