import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { handleWebhook } from '../shared/triggers/webhookReply';
import { webhookProperties } from './webhook/webhookParameters';
import { receiveEvent } from './webhook/receiveEvent';
import { isRegistered, register, unregister } from './webhook/registration';
import { monitor } from './webhook/monitor';

export class FinvisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Finvis Trigger',
		name: 'finvisTrigger',
		icon: { light: 'file:../../icons/finvis.svg', dark: 'file:../../icons/finvis.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ").replace(/[.]/g, " ").replace("other", $parameter["otherEvents"] || "other") }}',
		description: 'Starts the workflow when Finvis tells of a payment or a transaction. What is not signed by Finvis is refused.',
		eventTriggerDescription: 'Waiting for one of the chosen events at Finvis',
		defaults: { name: 'Finvis Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'finvisApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
				rawBody: true,
				ndvHideUrl: '={{ $parameter["registration"] !== "manual" }}',
			},
		],
		properties: webhookProperties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions) {
				return await register(this);
			},
			async delete(this: IHookFunctions) {
				return await unregister(this);
			},
		},
	};

	async trigger(this: ITriggerFunctions) {
		return await monitor(this);
	}

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, receiveEvent);
	}

	/** Without it n8n would call `trigger` for what came while the editor listened, and wait for ever. */
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	}
}
