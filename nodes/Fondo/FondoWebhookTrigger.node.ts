import type { IExecuteFunctions, INodeProperties, INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { alphabetically } from '../shared/panel';
import { handleWebhook, notRegistered } from '../shared/triggers/webhookReply';
import { fondo } from './api';
import { receiveChange } from './callbacks/receiveChange';
import { clientOptions } from './events/clientOptions';
import { onceAmongTriggers } from './events/execute';
import { eventProperties, filterOptions } from './events/eventParameters';

const unverified: INodeProperties = {
	displayName: 'Include What Cannot Be Verified',
	name: 'unverified',
	type: 'boolean',
	default: false,
	description:
		"Whether changes also start the workflow whose object Fondo does not show: deleted objects, and objects of other kinds. Their items have 'verified' false, because anybody who knows the address can send them.",
};

export class FondoWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo Webhook Trigger',
		name: 'fondoWebhookTrigger',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$parameter["objects"]].flat().join(", ").replace("*", "any object").replace("other", $parameter["otherObjects"] || "other") }}',
		description: 'Starts the workflow when Fondo calls its address about a change of an order, account, transaction, journey or client',
		eventTriggerDescription: 'Waiting for Fondo to call the Test URL',
		triggerPanel: { header: 'Pull in a callback of Fondo' },
		defaults: { name: 'Fondo Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'callback', rawBody: true }],
		properties: [
			{
				displayName:
					"Open 'Webhook URLs' above, copy the Production URL and give it to Fondo as the address of callbacks. Treat it as a secret. Each callback is checked: the node reads the object at Fondo and starts the workflow with what Fondo shows.",
				name: 'notice',
				type: 'notice',
				default: '',
			},
			...eventProperties(),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [...filterOptions, unverified].sort((one, other) => alphabetically(one.displayName, other.displayName)),
			},
		],
	};

	methods = { loadOptions: { clients: clientOptions(fondo) } };

	/** Nothing is registered at Fondo: it documents no way to do so. */
	webhookMethods = notRegistered;

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, async (context) => await receiveChange(context, fondo));
	}

	/** The first step of an execution. */
	async execute(this: IExecuteFunctions) {
		return [await onceAmongTriggers(this)];
	}
}
