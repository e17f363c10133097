import type { IDataObject, IExecuteFunctions, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { isObject } from '../../shared/core/isObject';
import { SeenKeys } from '../../shared/core/seenKeys';
import { jsonOf } from '../../shared/output/one';
import { mask } from '../../shared/swedish/masking';
import { onlyNewItems } from '../../shared/triggers/earlierExecutions';
import { firstOf, replyOnly } from '../../shared/triggers/webhookReply';
import { withSigningKeys } from './credentialSecrets';
import { currentOf } from './current';
import type { FinvisEvent } from './event';
import { eventKey, foldName, parseEvents } from './event';
import { formatOf, isSignedWith } from './signature';
import { knownSecrets, nodeKeyOf, openSecret } from './storedSubscription';
import { eventsOf } from './webhookParameters';

const HOUR_MS = 3_600_000;
const delivered = new SeenKeys(20_000, 3 * 24 * HOUR_MS);
const logged = new SeenKeys(1_000, HOUR_MS);

/** The kind of secret that the request was signed with; undefined when the signature is wrong. Never throws, because n8n (2.41) saves a failed execution for every error in a webhook. */
async function verifiedBy(context: IWebhookFunctions, raw: unknown): Promise<'registration' | 'credential' | undefined> {
	const signature = context.getHeaderData()['x-finvis-signature'];
	const format = formatOf(context.getNodeParameter('options.signatureFormat', 'hex'));
	const isSigned = (secret: string) => isSignedWith(secret, { raw, signature, format });
	if (knownSecrets(context).some(isSigned)) return 'registration';
	return await withSigningKeys(context, ({ secrets, sealingKey }) => {
		const opened = openSecret(context, sealingKey);
		if (opened !== undefined && isSigned(opened)) return 'registration';
		return secrets.some(isSigned) ? 'credential' : undefined;
	}).catch((error: Error) => {
		context.logger.warn(`The credential of '${context.getNode().name}' cannot be read: ${error.message}`);
		return undefined;
	});
}

/** Logs a warning; the same one once an hour. */
function warnOnce(context: IWebhookFunctions, warning: string) {
	if (logged.isNew(`${nodeKeyOf(context)} ${warning}`))
		context.logger.warn(`'${context.getNode().name}' ${warning} It logs the same again after an hour at the earliest.`);
}

/** The events that the workflow listens to, under the names that the user has chosen. All others are logged. */
function chosenOf(context: IWebhookFunctions, events: readonly FinvisEvent[]): FinvisEvent[] {
	const chosen = new Map(eventsOf(context).map((name) => [foldName(name), name]));
	return events.flatMap((event) => {
		const name = chosen.get(foldName(event.name));
		if (name !== undefined) return [{ ...event, name }];
		warnOnce(context, `got a signed event '${mask(event.name.slice(0, 100))}', which is not one of its chosen events.`);
		return [];
	});
}

async function itemsOf(context: IWebhookFunctions, api: Api, events: readonly FinvisEvent[], verifiedWith: string): Promise<IDataObject[]> {
	const receivedAt = new Date(clock.now()).toISOString();
	const isFetching = context.getNodeParameter('options.fetchCurrentState', false) === true;
	const current = isFetching ? await currentOf(context, api, events) : [];
	return events.map(({ id, name, body }, index) => ({
		...jsonOf(body),
		...current[index],
		delivery: { id, event: name, receivedAt, verifiedWith },
	}));
}

/** The key of the event in an item. */
const keyOfItem = ({ json: { delivery } }: INodeExecutionData) =>
	isObject(delivery) ? eventKey({ name: String(delivery.event), id: String(delivery.id) }) : undefined;

/** The first step of an execution of the Finvis Trigger. */
export const onlyNewEvents = async (context: IExecuteFunctions) => await onlyNewItems(context, keyOfItem);

/**
 * Handles one delivery of Finvis: verifies it, drops known events, and starts the workflow with one item for each event. The time of an
 * event is not checked, because Finvis may deliver it again hours later; the key of the event prevents a second run.
 */
export async function receiveEvent(context: IWebhookFunctions, api: Api): Promise<IWebhookResponseData> {
	const { rawBody: raw } = context.getRequestObject();
	const verifiedWith = await verifiedBy(context, raw);
	if (verifiedWith === undefined) {
		warnOnce(
			context,
			"refused a request whose signature is missing or wrong. If Finvis sent it, check 'Webhook Signing Secret' in the credential (16 characters or more, several separated by commas or lines) and the option 'Signature Format'; with a time in the signature, check the clock of n8n too.",
		);
		return replyOnly(context, 401, 'The signature is missing or wrong');
	}
	const { events, unknown } = parseEvents(raw);
	for (const shape of new Set(unknown))
		warnOnce(
			context,
			`got a signed event that it does not understand: ${mask(shape)}. A name of the event is missing, or the JSON is broken.`,
		);
	if (events.length === 0) return replyOnly(context, 422, 'The node does not understand this event');
	const chosen = chosenOf(context, events);
	if (chosen.length === 0) return replyOnly(context, 200, 'This workflow does not listen to this event');

	const keyOf = (event: FinvisEvent) => `${nodeKeyOf(context)} ${eventKey(event)}`;
	const isTest = context.getMode() === 'manual';
	const byKey = new Map(chosen.map((event) => [keyOf(event), event]));
	const first = isTest ? byKey : firstOf(context, delivered, [...byKey.keys()]);
	const fresh = [...byKey].filter(([key]) => first.has(key)).map(([, event]) => event);
	if (fresh.length === 0) return replyOnly(context, 200, 'This event was already received');
	const items = await itemsOf(context, api, fresh, verifiedWith);
	return { webhookResponse: { message: 'Received' }, workflowData: [items.map((json) => ({ json }))] };
}
