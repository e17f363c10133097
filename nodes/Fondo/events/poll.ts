import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { clientFor } from '../../shared/transport/client';
import { clock } from '../../shared/transport/clock';
import { fondo } from '../api';
import type { SavedJournal } from './journal';
import type { Settings } from './parameters';
import { settingsOf } from './parameters';
import { isRefusal } from './refused';
import type { KnownTrouble } from './trouble';
import { Trouble } from './trouble';
import { Watch } from './watch';
import { itemOf } from './wanted';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far a manual run looks back for something to show, and how much it shows. */
const SAMPLE_DAYS = 30;
const SAMPLES = 10;

/** n8n makes a new context for each poll; how long it has been going wrong is remembered here. */
const troubles = new Map<string, KnownTrouble>();

function troubleOf(context: IPollFunctions, { option }: Settings): Trouble {
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	const known = troubles.get(key) ?? {};
	troubles.set(key, known);
	const report = (error: NodeOperationError) => context.__emitError(error);
	return new Trouble('Polling Fondo', option('reportAfterMinutes', 15) * MINUTE, context.getNode(), context.logger, report, known);
}

async function readAll(context: IPollFunctions, { clients, wanted }: Settings, journals: Record<string, SavedJournal> | undefined) {
	const send = await clientFor(context, fondo);
	const isManual = context.getMode() === 'manual';
	const now = clock.now();
	const items: INodeExecutionData[] = [];
	const saved: Record<string, SavedJournal> = {};
	for (const clientId of clients) {
		const watch = new Watch(clientId, wanted, isManual ? undefined : journals?.[clientId]);
		if (isManual) watch.journal.readTo = now - SAMPLE_DAYS * DAY;
		await watch.begin(send);
		const changes = await watch.read(send);
		for (const change of watch.take(changes)) {
			items.push({ json: itemOf(wanted, clientId, change, now) });
			watch.done(change);
		}
		watch.journal.advance(changes);
		saved[clientId] = watch.journal.saved();
	}
	return { items, saved };
}

/** The Fondo Polling Trigger: reads the lists, and tells what is new in them. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = settingsOf(context);
	const kept = context.getWorkflowStaticData('node') as { journals?: Record<string, SavedJournal> };
	const isManual = context.getMode() === 'manual';
	const outcome = await readAll(context, settings, kept.journals).catch((error: unknown) => ({ error }));
	if ('error' in outcome) {
		// A polling trigger that throws while n8n starts is dead for good; whoever publishes or tries looks.
		const isWatched = isManual || ['activate', 'update'].includes(context.getActivationMode());
		if (isManual || (isWatched && isRefusal(outcome.error))) return await Promise.reject(outcome.error);
		troubleOf(context, settings).happened(outcome.error);
		return null;
	}
	if (isManual) {
		if (outcome.items.length > 0) return [outcome.items.slice(-SAMPLES)];
		throw new NodeOperationError(context.getNode(), `Nothing of what you wait for changed in the last ${SAMPLE_DAYS} days`, {
			description: 'Publish the workflow to wait for the next change, or choose other objects.',
		});
	}
	troubleOf(context, settings).over();
	kept.journals = outcome.saved;
	return outcome.items.length > 0 ? [outcome.items] : null;
}
