import { randomUUID } from 'crypto';
import type { IDataObject, IHookFunctions, INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ApiResponse, ApiRequest, SendRequest } from '../../shared/http/request';
import { clientFor } from '../../shared/client';
import { byPageNumber } from '../../shared/http/pagination';
import { finvis } from '../api';
import type { Subscription } from './secrets';
import { credentialSecrets, keep, ownerOf } from './secrets';

/** The editor shows the message of what fails while it listens, and no description: what to do is in the message. */
const MANUAL = "set 'Registration' to 'Manual' and set the webhook up in the Finvis console";

/** Where to deliver what. `kept`: what we know of our subscription. */
export interface WantedSubscription {
	readonly url: string;
	readonly events: readonly string[];
	readonly kept?: Subscription;
}

const codeOf = (error: unknown) => (error instanceof NodeApiError ? error.httpCode : undefined);

function inWords(node: INode, { route }: ApiRequest, error: unknown): unknown {
	if (codeOf(error) === '403')
		return new NodeOperationError(
			node,
			`Finvis does not let this credential administer webhooks. Add the scope 'Administer Webhooks' in the credential, if your client was granted it. Or ${MANUAL}.`,
		);
	if (route.endsWith('/webhooks/') && ['404', '405'].includes(codeOf(error) ?? ''))
		return new NodeOperationError(
			node,
			`Finvis has no administration of webhooks at this address. Check the environment in the credential. If it is right, ${MANUAL}.`,
		);
	return error;
}

export async function finvisFor(context: IHookFunctions | ITriggerFunctions): Promise<SendRequest> {
	const send = await clientFor(context, finvis, { timeoutMs: 10_000 });
	const registered = (answer: ApiResponse) => {
		if (answer.outcome !== 'rehearsed') return answer;
		throw new NodeOperationError(
			context.getNode(),
			`Rehearsal is switched on in the credential, so nothing is changed about webhooks at Finvis. Switch it off, or ${MANUAL}.`,
		);
	};
	const reworded = async (request: ApiRequest, error: unknown) => await Promise.reject(inWords(context.getNode(), request, error));
	return async (request) => registered(await send(request).catch(async (error: unknown) => await reworded(request, error)));
}

const addressOf = (url: unknown) => (URL.canParse(String(url)) ? new URL(String(url)).href : String(url));
const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isSame = (some: readonly string[], others: readonly string[]) => [...some].sort().join() === [...others].sort().join();

/** What Finvis has at our address or under our ID: the one that is as it should be, and those that are not. */
export async function lookUp(
	send: SendRequest,
	{ url, events, kept }: WantedSubscription,
): Promise<{ right?: IDataObject; wrong: string[] }> {
	const ours: IDataObject[] = [];
	const isOurs = (row: IDataObject) => addressOf(row.url) === addressOf(url) || String(row.id) === kept?.id;
	for await (const { rows } of byPageNumber(send, { route: 'GET /webhooks/' })) ours.push(...rows.filter(isOurs));
	// Only one whose secret we were given when it was made: what another sends could not be told from a forgery, and a secret
	// in a list may be a mask that anybody can guess. Of what a list may leave out it is judged by what it states.
	const right = ours.find(
		(row) =>
			String(row.id) === kept?.id &&
			(row.url === undefined || addressOf(row.url) === addressOf(url)) &&
			row.active !== false &&
			(!isNames(row.events) || isSame(row.events, events)),
	);
	return { right, wrong: ours.filter((row) => row !== right).map(({ id }) => String(id)) };
}

export async function remove(send: SendRequest, ids: readonly string[]) {
	for (const id of ids)
		await send({ route: 'DELETE /webhooks/{id}', path: { id } }).catch(
			async (error: unknown) => await (codeOf(error) === '404' ? undefined : Promise.reject(error)),
		);
}

/** Takes the subscription that is as it should be, and removes the others. False when there is none. */
export async function adopt(context: IHookFunctions | ITriggerFunctions, send: SendRequest, wanted: WantedSubscription): Promise<boolean> {
	const { right, wrong } = await lookUp(send, wanted);
	if (right === undefined || wanted.kept === undefined) return false;
	await remove(send, wrong);
	keep(context, { ...wanted.kept, url: wanted.url });
	return true;
}

/**
 * Makes the subscription anew. What is wrong goes first: some APIs allow one for each address, and two would tell everything
 * twice, under two IDs.
 */
export async function subscribe(context: IHookFunctions | ITriggerFunctions, send: SendRequest, wanted: WantedSubscription) {
	const { right, wrong } = await lookUp(send, wanted);
	await remove(send, right === undefined ? wrong : [...wrong, String(right.id)]);
	const { url, events } = wanted;
	// A reference of its own each time: under an old one Finvis would replay the answer that made a subscription since deleted.
	const { body } = await send({ route: 'POST /webhooks/', body: { url, events: [...events] }, reference: `${url} ${randomUUID()}` });
	const { id, secret } = body as IDataObject;
	const hasSecret = typeof secret === 'string' && secret !== '';
	const made: Subscription = { id: String(id), url, owner: ownerOf(context), secret: hasSecret ? secret : undefined };
	if (made.secret === undefined && (await credentialSecrets(context)).length === 0) {
		await remove(send, [made.id]);
		throw new NodeOperationError(
			context.getNode(),
			`Finvis gave no signing secret for the webhook. Please ${MANUAL}, then put its secret into 'Webhook Signing Secret' of the credential.`,
			{ description: 'Without a secret its events cannot be told from forgeries.' },
		);
	}
	keep(context, made);
}
