import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isFirst, replyOnly } from '../../shared/triggers/webhookReply';
import { SeenKeys } from '../../shared/core/seenKeys';
import { jsonOf } from '../../shared/output/json';
import { clock } from '../../shared/core/clock';
import { currentOf } from './current';
import { eventIn } from './event';
import { eventsOf } from './webhookParameters';
import { isCredentialSecret, ownerOf, registrationSecrets } from './secrets';
import { formatOf, isSignedWith } from './signature';

const DAY = 24 * 3_600_000;
const delivered = new SeenKeys(20_000, 3 * DAY);
const complaints = new SeenKeys(1_000, 3_600_000);

/** Which secret the request was signed with; undefined: refused. A request must not start a run, not even a failed one. */
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

function complain(context: IWebhookFunctions) {
	if (!complaints.isNew(ownerOf(context))) return;
	context.logger.warn(
		`'${context.getNode().name}' refused a request whose signature is missing or wrong; further ones of this hour are not logged. If Finvis sent it, check 'Webhook Signing Secret' in the credential and the option 'Signature Format'.`,
	);
}

/**
 * A notification of Finvis. Its time is not looked at: Finvis may deliver an event anew hours later, and what was told once is
 * kept from a second run by its ID.
 */
export async function receiveEvent(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { rawBody: raw } = context.getRequestObject();
	const verifiedWith = await verifiedBy(context, raw);
	if (verifiedWith === undefined) {
		complain(context);
		return replyOnly(context, 401, 'The signature is missing or wrong');
	}
	const event = eventIn(raw);
	if (event === undefined) return replyOnly(context, 400, 'The body is not a JSON object');
	if (!eventsOf(context).includes(event.name)) return replyOnly(context, 200, 'Nobody waits for this event');

	const key = JSON.stringify([ownerOf(context), event.id]);
	const isTest = context.getMode() === 'manual';
	if (!isTest && !isFirst(context, delivered, key)) return replyOnly(context, 200, 'This event is known');

	const receivedAt = new Date(clock.now()).toISOString();
	const current = context.getNodeParameter('options.fetchCurrentState', false) === true ? await currentOf(context, event) : {};
	const json = { ...jsonOf(event.body), ...current, delivery: { id: event.id, event: event.name, receivedAt, verifiedWith } };
	return { webhookResponse: { message: 'Received' }, workflowData: [[{ json }]] };
}
