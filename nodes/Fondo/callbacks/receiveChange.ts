import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { SeenKeys } from '../../shared/core/seenKeys';
import { parseLossless } from '../../shared/http/losslessJson';
import { isFirst, replyOnly } from '../../shared/triggers/webhookReply';
import type { Change } from '../events/changes/change';
import { changeOfRow, creationOf, identityOf, idText } from '../events/changes/change';
import { itemOf, matches, matchesObject, objectsToRead } from '../events/changes/eventFilter';
import { frameOf, framesIn } from '../events/changes/frame';
import type { Settings } from '../events/eventParameters';
import { settingsOf } from '../events/eventParameters';
import { isObjectId, nodeKeyOf } from './guards';
import type { ReadAgain } from './readAgain';
import { canBeRead, readAgain } from './readAgain';

const seen = new SeenKeys();

/** One call of Fondo may name several changes. */
const MOST_CHANGES = 50;
/** Among more clients than this the address must name the client. */
const MOST_CLIENTS = 10;
/** Fondo's own record may be a moment behind its callback. */
const BEHIND_MS = 2_000;
/** A callback about the creation of an object counts as one this long after the creation, although the object has changed since. */
const CREATION_MS = 24 * 3_600_000;

/** What became of one change: an item, or the reason why it starts nothing. */
type Outcome =
	| { readonly type: 'item'; readonly keys: readonly string[]; readonly json: IDataObject }
	| { readonly type: 'ignored'; readonly why: string }
	| { readonly type: 'refused'; readonly why: string }
	/** The caller must send the callback again. */
	| { readonly type: 'again'; readonly why: string };

const ignored = (why: string): Outcome => ({ type: 'ignored', why });
const again = (why: string): Outcome => ({ type: 'again', why });

function clientsFor(context: IWebhookFunctions, { clients }: Settings, { object, id, current, previous }: Change): string[] {
	const { client: inAddress } = context.getQueryData() as IDataObject;
	const named = object === 'client' ? id : (idText(inAddress) ?? idText((current ?? previous)?.clientId));
	return named === undefined ? [...clients] : clients.filter((client) => client === named);
}

/** Whether the filter can want the object, whatever Fondo shows of it. */
const mayWant = ({ filter }: Settings, change: Change) =>
	matchesObject(filter.objects, change) || objectsToRead(filter).some((object) => object === change.object);

const keyOf = (context: IWebhookFunctions, change: Change) => `${nodeKeyOf(context)} ${identityOf(change)}`;

function itemFor(context: IWebhookFunctions, { filter }: Settings, change: Change, clientId: string, more: IDataObject = {}): Outcome {
	if (!matches(filter, change)) return ignored('This change starts no workflow');
	const keys = [change, ...(change.createdInGap ? [creationOf(change)] : [])].map((one) => keyOf(context, one));
	return { type: 'item', keys, json: { ...itemOf(filter, clientId, change), ...more } };
}

/** What Fondo cannot show: a deleted object, or one of a kind that this node does not know. */
function unverified(context: IWebhookFunctions, settings: Settings, claimed: Change, [clientId, ...others]: readonly string[]): Outcome {
	if (!settings.isOn('unverified')) return ignored('Fondo does not show this object, so the callback cannot be verified');
	const more = { verified: false, ...(others.length > 0 && { clientId: null }) };
	return itemFor(context, settings, { ...claimed, source: 'callback' }, clientId, more);
}

async function outcomeOf(context: IWebhookFunctions, api: Api, settings: Settings, claimed: Change): Promise<Outcome> {
	const { object, id, current, at = -Infinity } = claimed;
	if (id === undefined || !isObjectId(id)) return { type: 'refused', why: 'No object is named by an ID' };
	if (!mayWant(settings, claimed)) return ignored('Changes of this object start no workflow');
	const clientIds = clientsFor(context, settings, claimed);
	if (clientIds.length === 0) return ignored('Changes of this client start no workflow');
	if (clientIds.length > MOST_CLIENTS) return { type: 'refused', why: "No client is named: add '?client=' and its ID to the address" };
	if (!canBeRead(object)) return unverified(context, settings, claimed, clientIds);
	if (current !== undefined && seen.has(keyOf(context, claimed))) return ignored('This change is known');

	const readTo = claimed.kind === 'created' ? clock.now() - CREATION_MS : Infinity;
	const changeIn = (row: IDataObject): Change => ({ ...changeOfRow(object, row, readTo), source: 'callback' });
	const read = async () => await readAgain(context, api, { object, id, clientIds });
	const isBehind = (shown: ReadAgain) => shown.type === 'found' && (changeIn(shown.row).at ?? Infinity) < at;
	let shown = await read();
	if (isBehind(shown)) {
		await clock.sleep(BEHIND_MS);
		shown = await read();
	}
	if (isBehind(shown)) return again('Fondo does not show this change yet');
	if (shown.type === 'unavailable') return again('The object could not be read');
	if (shown.type === 'found') {
		const change = changeIn(shown.row);
		const isCreation = change.createdInGap === true && !seen.has(keyOf(context, creationOf(change)));
		return itemFor(context, settings, { ...change, createdInGap: isCreation }, shown.clientId);
	}
	return claimed.kind === 'deleted'
		? unverified(context, settings, claimed, clientIds)
		: { type: 'refused', why: 'There is no such object' };
}

/** The changes that a callback names; undefined when it is no callback that this node understands. */
function changesIn(context: IWebhookFunctions): Change[] | undefined {
	const { rawBody } = context.getRequestObject();
	try {
		const frames = framesIn(parseLossless(rawBody.toString().replace(/^\uFEFF/, ''))).map((frame) => frameOf(frame, clock.now()));
		const changes = frames.flatMap((frame) => (frame.type === 'change' ? [frame.change] : []));
		const isUnderstood = frames.length > 0 && frames.length <= MOST_CHANGES && frames.every(({ type }) => type !== 'unknown');
		return isUnderstood ? changes : undefined;
	} catch {
		return undefined;
	}
}

/** The Fondo Webhook Trigger: each change that a callback names starts an execution, as Fondo shows it. */
export async function receiveChange(context: IWebhookFunctions, api: Api): Promise<IWebhookResponseData> {
	const changes = changesIn(context);
	if (changes === undefined) return replyOnly(context, 400, 'This is no callback that the node understands');
	const settings = settingsOf(context);
	const outcomes: Outcome[] = [];
	for (const change of changes) outcomes.push(await outcomeOf(context, api, settings, change));
	const reasonOf = (type: Outcome['type']) =>
		outcomes.find((outcome) => outcome.type === type && 'why' in outcome) as { why: string } | undefined;

	const repeat = reasonOf('again');
	if (repeat !== undefined) return replyOnly(context, 503, `${repeat.why}; send this again`);
	const isNew = ([key, ...others]: readonly string[]) => {
		if (context.getMode() === 'manual') return true;
		if (!isFirst(context, seen, key)) return false;
		for (const other of others) isFirst(context, seen, other);
		return true;
	};
	const items = outcomes.flatMap((outcome) => (outcome.type === 'item' && isNew(outcome.keys) ? [{ json: outcome.json }] : []));
	if (items.length > 0) return { webhookResponse: { message: 'Received' }, workflowData: [items] };
	const refused = reasonOf('refused');
	if (refused !== undefined) return replyOnly(context, 404, refused.why);
	return replyOnly(context, 200, reasonOf('ignored')?.why ?? 'This change is known');
}
