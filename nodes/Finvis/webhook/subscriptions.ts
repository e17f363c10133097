import { randomUUID } from 'crypto';
import type { IDataObject, IHookFunctions, INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { SeenKeys } from '../../shared/core/seenKeys';
import { withoutEnvelope } from '../../shared/http/envelope';
import { byPageNumber } from '../../shared/http/pagination';
import type { ApiRequest, ApiResponse, SendRequest } from '../../shared/http/request';
import { signingKeys } from './credentialSecrets';
import { foldName } from './event';
import type { Subscription } from './storedSubscription';
import { nodeKeyOf, secretOfStored, startListening } from './storedSubscription';

/** The editor shows only the message of an error while it listens, not the description. So the advice is part of the message. */
const MANUAL = "set 'Registration' to 'Manual' and set the webhook up in the Finvis console";

/** The subscription that Finvis should have. */
export interface WantedSubscription {
	readonly url: string;
	readonly events: readonly string[];
	/** The subscription that the node created before, if it is known. */
	readonly stored?: Subscription;
}

const statusOf = (error: unknown) => (error instanceof NodeApiError ? error.httpCode : undefined);
const isUnknown = (error: unknown) =>
	error instanceof NodeApiError && (error.context.data as IDataObject | undefined)?.outcome === 'unknown';

function withAdvice(node: INode, { route }: ApiRequest, error: unknown): unknown {
	if (statusOf(error) === '403')
		return new NodeOperationError(
			node,
			`Finvis does not let this credential administer webhooks. Add the scope 'Administer Webhooks' in the credential, if your client was granted it. Or ${MANUAL}.`,
		);
	if (route.endsWith('/webhooks/') && ['404', '405'].includes(statusOf(error) ?? ''))
		return new NodeOperationError(
			node,
			`Finvis has no administration of webhooks at this address. Check the environment in the credential. If it is right, ${MANUAL}.`,
		);
	return error;
}

/** The client for the administration of webhooks. It throws errors whose message contains the advice, and an error instead of a rehearsed write. */
export async function webhookClient(context: IHookFunctions | ITriggerFunctions, api: Api): Promise<SendRequest> {
	const send = await clientFor(context, api, { timeoutMs: 10_000 });
	const refuseRehearsed = (response: ApiResponse) => {
		if (response.outcome !== 'rehearsed') return response;
		throw new NodeOperationError(
			context.getNode(),
			`Rehearsal is switched on in the credential, so nothing is changed about webhooks at Finvis. Switch it off, or ${MANUAL}.`,
		);
	};
	return async (request) =>
		refuseRehearsed(
			await send(request).catch(async (error: unknown) => await Promise.reject(withAdvice(context.getNode(), request, error))),
		);
}

/** An address in one writing: without case of the host, default port and slash at the end. */
const normalized = (url: unknown) => (URL.canParse(String(url)) ? new URL(String(url)).href : String(url)).replace(/\/+$/, '');
const isSameId = (one: unknown, other: string | undefined) => String(one).toLowerCase() === other?.toLowerCase();
const isStringList = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const writingOf = ({ url, events }: IDataObject) =>
	JSON.stringify([normalized(url), isStringList(events) ? [...new Set(events.map(foldName))].sort() : '']);

/** The stored subscription, if it has our address. A restored copy of n8n has that of the original, which must keep it. */
const ownOf = ({ url, stored }: WantedSubscription) =>
	stored !== undefined && normalized(stored.url) === normalized(url) ? stored : undefined;

/** Whether Finvis shows the address and the events as the node has registered them. A field that it leaves out counts as right. */
const isAsWanted = (row: IDataObject, { url, events }: WantedSubscription) =>
	writingOf({ url: row.url ?? url, events: isStringList(row.events) ? row.events : [...events] }) ===
	writingOf({ url, events: [...events] });

/**
 * Whether the subscription under our ID is still right. Finvis may write address and events in its own way, and show a subscription as
 * inactive until it is verified: what it has shown first is the measure, not what the node would write.
 */
function isRight(row: IDataObject, own: Subscription, wanted: WantedSubscription): boolean {
	if (own.events === undefined ? !isAsWanted(row, wanted) : own.events !== wanted.events.join()) return false;
	const isWritten = own.shown === undefined || own.shown === writingOf(row) || isAsWanted(row, wanted);
	return isWritten && (row.active !== false || own.wasActive !== true);
}

/** The subscriptions that Finvis has at our address or under our ID: the valid one, and the IDs of all others. */
export async function findSubscriptions(send: SendRequest, wanted: WantedSubscription): Promise<{ valid?: IDataObject; stale: string[] }> {
	const own = ownOf(wanted);
	const ours: IDataObject[] = [];
	const isOurs = (row: IDataObject) => normalized(row.url) === normalized(wanted.url) || isSameId(row.id, own?.id);
	for await (const { rows } of byPageNumber(send, { route: 'GET /webhooks/' })) ours.push(...rows.filter(isOurs));
	// Only the subscription that the node created is valid, because only its secret is known. A secret in a list may be a mask,
	// which anybody can guess.
	const valid = own && ours.find((row) => isSameId(row.id, own.id) && isRight(row, own, wanted));
	return { valid, stale: ours.filter((row) => row !== valid).map(({ id }) => String(id)) };
}

async function deleteByIds(send: SendRequest, ids: readonly string[]) {
	for (const id of ids)
		await send({ route: 'DELETE /webhooks/{id}', path: { id } }).catch(
			async (error: unknown) => await (statusOf(error) === '404' ? undefined : Promise.reject(error)),
		);
}

/** Deletes every subscription at our address or under our ID. A subscription that Finvis no longer has is no error. */
export async function deleteSubscriptions(send: SendRequest, wanted: WantedSubscription) {
	const { valid, stale } = await findSubscriptions(send, wanted);
	await deleteByIds(send, valid === undefined ? stale : [...stale, String(valid.id)]);
}

const shownInactive = new SeenKeys(1_000);

/** Keeps the valid subscription and deletes the others. Returns false, and deletes nothing, when no subscription is valid or its secret is lost. */
export async function keepValidSubscription(
	context: IHookFunctions | ITriggerFunctions,
	send: SendRequest,
	wanted: WantedSubscription,
): Promise<boolean> {
	const { valid, stale } = await findSubscriptions(send, wanted);
	if (valid === undefined || wanted.stored === undefined) return false;
	const { sealingKey } = await signingKeys(context);
	const secret = secretOfStored(context, wanted.stored, sealingKey);
	if (secret === null) return false;
	await deleteByIds(send, stale);
	if (valid.active === false && shownInactive.isNew(`${nodeKeyOf(context)} ${wanted.stored.id}`))
		context.logger.warn(`Finvis shows the webhook of '${context.getNode().name}' as not active yet, and may send no events until it is.`);
	const { stored, events, url } = wanted;
	const shown = stored.shown ?? writingOf(valid);
	const wasActive = stored.wasActive ?? (valid.active === false ? undefined : true);
	startListening(context, { ...stored, url, events: events.join(), shown, wasActive }, secret, sealingKey);
	return true;
}

/** Names under which an answer to the creation of a webhook may have its secret. */
export const SECRET_FIELDS = ['secret', 'signing_secret', 'signingSecret', 'secret_key', 'secretKey', 'webhook_secret', 'webhookSecret'];

/** The ID of the created subscription. If the answer has none, the only subscription at our address is the created one. */
const idOf = async (created: IDataObject, send: SendRequest, wanted: WantedSubscription) =>
	String(created.id ?? (await findSubscriptions(send, { ...wanted, stored: undefined })).stale[0]);

/**
 * Creates the subscription. The existing ones are deleted first, because some APIs allow one subscription per address, and two
 * subscriptions deliver every event twice, under two IDs.
 */
export async function createSubscription(context: IHookFunctions | ITriggerFunctions, send: SendRequest, wanted: WantedSubscription) {
	await deleteSubscriptions(send, wanted);
	const { url, events, stored } = wanted;
	if (stored !== undefined && ownOf(wanted) === undefined)
		context.logger.warn(
			`'${context.getNode().name}' had its webhook at ${stored.url} and now registers one at ${url}. It leaves the earlier one at Finvis (${stored.id}), because another n8n may use it. Remove it there if none does.`,
		);
	// A new reference each time: for a used reference, Finvis replays the answer that created a subscription that is now deleted.
	const create = async () =>
		await send({ route: 'POST /webhooks/', body: { url, events: [...events] }, reference: `${url} ${randomUUID()}` });
	const { body } = await create().catch(async (error: unknown) => {
		if (!isUnknown(error)) return await Promise.reject(error);
		// A lost answer takes the secret with it, so a subscription that it created is of no use.
		await deleteSubscriptions(send, wanted);
		return await create();
	});
	const answer = { ...(body as IDataObject), ...(withoutEnvelope(body) as IDataObject) };
	const secret = SECRET_FIELDS.map((name) => answer[name]).find((one): one is string => typeof one === 'string' && one !== '');
	const id = await idOf(answer, send, wanted);
	const { secrets, sealingKey } = await signingKeys(context);
	if (secret === undefined && secrets.length === 0) {
		await deleteByIds(send, [id]);
		throw new NodeOperationError(
			context.getNode(),
			`Finvis gave no signing secret for the webhook. Please ${MANUAL}, then put its secret into 'Webhook Signing Secret' of the credential.`,
			{ description: 'Without a secret, the node cannot distinguish events from forgeries.' },
		);
	}
	startListening(context, { id, url, events: events.join(), owner: nodeKeyOf(context) }, secret, sealingKey);
}
