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
			{ name: 'Other Events', value: OTHER, action: 'On another event', description: 'Events that you name yourself' },
			{
				name: 'Payment Status Updated',
				value: 'payment.status.updated',
				action: 'On payment status updated',
				description: 'The status of a payment batch changed, e.g. to executed or rejected',
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
				description: 'The node registers the webhook when you publish the workflow, and removes it when you unpublish it',
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
					"Whether to add the payment batch or the transaction as it is now, in the field 'current'. Events can arrive late or out of order.",
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
					{
						name: 't=Time,v1=Hex',
						value: 'timestamped',
						description: 'The signature covers its time too, which is at most five minutes from now',
					},
				] satisfies Array<{ name: string; value: SignatureFormat; description?: string }>,
				default: 'hex',
				description:
					'How Finvis writes the HMAC-SHA256 of the body into the header X-Finvis-Signature. Change it only if the node refuses every event.',
			},
		],
	},
];

/** The n8n contexts in which the Finvis Trigger works. */
export type WebhookContext = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Whether the user sets the webhook up in the Finvis console. */
export const hasManualRegistration = (context: WebhookContext) => context.getNodeParameter('registration', 'automatic') === 'manual';

/** Names of the events that start the workflow, without duplicates and sorted. */
export function eventsOf(context: WebhookContext): string[] {
	const chosen = textsOf(context.getNodeParameter('events', []));
	const others = chosen.includes(OTHER) ? textsOf(context.getNodeParameter('otherEvents', '')) : [];
	return [...new Set([...chosen.filter((event) => event !== OTHER), ...others])].sort();
}

/** The same names for publishing. Throws a NodeOperationError when there are none. */
export function chosenEvents(context: IHookFunctions): string[] {
	const events = eventsOf(context);
	if (events.length > 0) return events;
	const empty = textsOf(context.getNodeParameter('events', [])).includes(OTHER) ? 'Other Events' : 'Trigger On';
	throw new NodeOperationError(context.getNode(), `'${empty}' is empty`, { description: 'Choose at least one event.' });
}
