import type { IHookFunctions, INodeProperties, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { textsOf } from '../../shared/fields/text';
import type { SignatureFormat } from './signature';

const OTHER = 'other';

export const webhookProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Other Events', value: OTHER, action: 'On another event', description: 'Events whose name you type in' },
			{
				name: 'Payment Status Updated',
				value: 'payment.status.updated',
				action: 'On payment status updated',
				description: 'A payment batch came into another status, e.g. executed or rejected',
			},
			{
				name: 'Transaction Created',
				value: 'transaction.created',
				action: 'On transaction created',
				description: 'A transaction was booked on a bank account',
			},
		],
		required: true,
		default: ['payment.status.updated'],
		description: 'The events that start the workflow',
	},
	{
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. reconciliation.match.suggested',
		description: 'Names of events as Finvis writes them, separated by commas',
		displayOptions: { show: { events: [OTHER] } },
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The webhook is made when the workflow is published and removed when it is unpublished',
			},
			{ name: 'Manual', value: 'manual', description: 'You set the webhook up in the Finvis console' },
		],
		default: 'automatic',
		description: "How Finvis learns the address of this workflow. Automatic needs the scope 'Administer Webhooks' in the credential.",
	},
	{
		displayName:
			"Open 'Webhook URLs' above and copy the Production URL. In the Finvis console, set up a webhook with it and with the events chosen here. Then put its signing secret into 'Webhook Signing Secret' of the credential.",
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Fetch Current State',
				name: 'fetchCurrentState',
				type: 'boolean',
				default: false,
				description:
					"Whether to read the payment batch or the transaction as it is now, into the field 'current'. Events can come late or in another order.",
			},
			{
				displayName: 'Signature Format',
				name: 'signatureFormat',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Base64', value: 'base64' },
					{ name: 'Hex', value: 'hex' },
					{ name: 'sha256=Base64', value: 'sha256Base64' },
					{ name: 'sha256=Hex', value: 'sha256Hex' },
				] satisfies Array<{ name: string; value: SignatureFormat }>,
				default: 'hex',
				description:
					'How Finvis writes the HMAC-SHA256 of the body into the header X-Finvis-Signature. Change it only when every event is refused.',
			},
		],
	},
];

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

export const isManual = (context: Context) => context.getNodeParameter('registration', 'automatic') === 'manual';

/** Names of the events that start the workflow, each once and in a fixed order. */
export function eventsOf(context: Context): string[] {
	const chosen = textsOf(context.getNodeParameter('events', []));
	const others = chosen.includes(OTHER) ? textsOf(context.getNodeParameter('otherEvents', '')) : [];
	return [...new Set([...chosen.filter((event) => event !== OTHER), ...others])].sort();
}

/** The same for whoever publishes: none is a mistake. */
export function chosenEvents(context: IHookFunctions): string[] {
	const events = eventsOf(context);
	if (events.length > 0) return events;
	const empty = textsOf(context.getNodeParameter('events', [])).includes(OTHER) ? 'Other Events' : 'Trigger On';
	throw new NodeOperationError(context.getNode(), `'${empty}' is empty`, { description: 'Choose at least one.' });
}
