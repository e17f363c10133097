import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { SeenKeys } from '../../shared/core/seenKeys';
import { jsonOf } from '../../shared/output/one';
import { isFirst, replyOnly } from '../../shared/triggers/webhookReply';
import { isCredentialSecret } from './credentialSecrets';
import { currentOf } from './current';
import { parseEvent } from './event';
import { formatOf, isSignedWith } from './signature';
import { nodeKeyOf, registrationSecrets } from './storedSubscription';
import { eventsOf } from './webhookParameters';

const HOUR_MS = 3_600_000;
const delivered = new SeenKeys(20_000, 3 * 24 * HOUR_MS);
const loggedRefusals = new SeenKeys(1_000, HOUR_MS);

/** The kind of secret that the request was signed with; undefined when the signature is wrong. Never throws, because n8n (2.41) saves a failed execution for every error in a webhook. */
async function verifiedBy(context: IWebhookFunctions, raw: unknown): Promise<'registration' | 'credential' | undefined> {
	const signature = context.getHeaderData()['x-finvis-signature'];
	const format = formatOf(context.getNodeParameter('options.signatureFormat', 'hex'));
	const isSigned = (secret: string) => isSignedWith(secret, { raw, signature, format });
	if (registrationSecrets(context).some(isSigned)) return 'registration';
	const isFromCredential = await isCredentialSecret(context, isSigned).catch((error: Error) => {
		context.logger.warn(`The credential of '${context.getNode().name}' cannot be read: ${error.message}`);
		return false;
	});
	return isFromCredential ? 'credential' : undefined;
}

function logRefusal(context: IWebhookFunctions) {
	if (!loggedRefusals.isNew(nodeKeyOf(context))) return;
	context.logger.warn(
		`'${context.getNode().name}' refused a request whose signature is missing or wrong; further refusals of this hour are not logged. If Finvis sent it, check 'Webhook Signing Secret' in the credential and the option 'Signature Format'.`,
	);
}

/**
 * Handles one delivery of Finvis: verifies it, drops known events, and starts the workflow. The time of the event is not checked,
 * because Finvis may deliver it again hours later; the event ID prevents a second run.
 */
export async function receiveEvent(context: IWebhookFunctions, api: Api): Promise<IWebhookResponseData> {
	const { rawBody: raw } = context.getRequestObject();
	const verifiedWith = await verifiedBy(context, raw);
	if (verifiedWith === undefined) {
		logRefusal(context);
		return replyOnly(context, 401, 'The signature is missing or wrong');
	}
	const event = parseEvent(raw);
	if (event === undefined) return replyOnly(context, 400, 'The body is not a JSON object');
	if (!eventsOf(context).includes(event.name)) return replyOnly(context, 200, 'This workflow does not listen to this event');

	const key = JSON.stringify([nodeKeyOf(context), event.id]);
	const isTest = context.getMode() === 'manual';
	if (!isTest && !isFirst(context, delivered, key)) return replyOnly(context, 200, 'This event was already received');

	const receivedAt = new Date(clock.now()).toISOString();
	const current = context.getNodeParameter('options.fetchCurrentState', false) === true ? await currentOf(context, api, event) : {};
	const json = { ...jsonOf(event.body), ...current, delivery: { id: event.id, event: event.name, receivedAt, verifiedWith } };
	return { webhookResponse: { message: 'Received' }, workflowData: [[{ json }]] };
}
