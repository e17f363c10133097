import { randomUUID } from 'crypto';
import type { IDataObject, IHookFunctions, INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { byPageNumber } from '../../shared/http/pagination';
import type { ApiRequest, ApiResponse, SendRequest } from '../../shared/http/request';
import { credentialSecrets } from './credentialSecrets';
import type { Subscription } from './storedSubscription';
import { nodeKeyOf, startListening } from './storedSubscription';

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

const normalized = (url: unknown) => (URL.canParse(String(url)) ? new URL(String(url)).href : String(url));
const isStringList = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isSameSet = (some: readonly string[], others: readonly string[]) => [...some].sort().join() === [...others].sort().join();

/** The subscriptions that Finvis has at our address or under our ID: the valid one, and the IDs of all others. */
export async function findSubscriptions(
	send: SendRequest,
	{ url, events, stored }: WantedSubscription,
): Promise<{ valid?: IDataObject; stale: string[] }> {
	const ours: IDataObject[] = [];
	const isOurs = (row: IDataObject) => normalized(row.url) === normalized(url) || String(row.id) === stored?.id;
	for await (const { rows } of byPageNumber(send, { route: 'GET /webhooks/' })) ours.push(...rows.filter(isOurs));
	// Only the subscription that the node created is valid, because only its secret is known. A secret in a list may be a mask,
	// which anybody can guess. A field that the list leaves out counts as right.
	const valid = ours.find(
		(row) =>
			String(row.id) === stored?.id &&
			(row.url === undefined || normalized(row.url) === normalized(url)) &&
			row.active !== false &&
			(!isStringList(row.events) || isSameSet(row.events, events)),
	);
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

/** Keeps the valid subscription and deletes the others. Returns false, and deletes nothing, when no subscription is valid. */
export async function keepValidSubscription(
	context: IHookFunctions | ITriggerFunctions,
	send: SendRequest,
	wanted: WantedSubscription,
): Promise<boolean> {
	const { valid, stale } = await findSubscriptions(send, wanted);
	if (valid === undefined || wanted.stored === undefined) return false;
	await deleteByIds(send, stale);
	startListening(context, { ...wanted.stored, url: wanted.url });
	return true;
}

/**
 * Creates the subscription. The existing ones are deleted first, because some APIs allow one subscription per address, and two
 * subscriptions deliver every event twice, under two IDs.
 */
export async function createSubscription(context: IHookFunctions | ITriggerFunctions, send: SendRequest, wanted: WantedSubscription) {
	await deleteSubscriptions(send, wanted);
	const { url, events } = wanted;
	// A new reference each time: for a used reference, Finvis replays the answer that created a subscription that is now deleted.
	const create = async () =>
		await send({ route: 'POST /webhooks/', body: { url, events: [...events] }, reference: `${url} ${randomUUID()}` });
	const { body } = await create().catch(async (error: unknown) => {
		if (!isUnknown(error)) return await Promise.reject(error);
		// A lost answer takes the secret with it, so a subscription that it created is of no use.
		await deleteSubscriptions(send, wanted);
		return await create();
	});
	const { id, secret } = body as IDataObject;
	const hasSecret = typeof secret === 'string' && secret !== '';
	const created: Subscription = { id: String(id), url, owner: nodeKeyOf(context), secret: hasSecret ? secret : undefined };
	if (created.secret === undefined && (await credentialSecrets(context)).length === 0) {
		await deleteByIds(send, [created.id]);
		throw new NodeOperationError(
			context.getNode(),
			`Finvis gave no signing secret for the webhook. Please ${MANUAL}, then put its secret into 'Webhook Signing Secret' of the credential.`,
			{ description: 'Without a secret, the node cannot distinguish events from forgeries.' },
		);
	}
	startListening(context, created);
}
