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
import { finvis } from './api';
import { monitor } from './webhook/monitor';
import { onlyNewEvents, receiveEvent } from './webhook/receiveEvent';
import { isRegistered, register, unregister } from './webhook/registration';
import { webhookProperties } from './webhook/webhookParameters';

export class FinvisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Finvis Trigger',
		name: 'finvisTrigger',
		icon: { light: 'file:../../icons/finvis.svg', dark: 'file:../../icons/finvis.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ").replace(/[.]/g, " ").replace("other", $parameter["otherEvents"] || "other") }}',
		// The node search of n8n (2.41) shows it for the node and the trigger together.
		description:
			'Bank accounts, payment batches, approvals and reports of a corporate group. The trigger starts the workflow when Finvis reports a payment or a transaction.',
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
				return await isRegistered(this, finvis);
			},
			async create(this: IHookFunctions) {
				return await register(this, finvis);
			},
			async delete(this: IHookFunctions) {
				return await unregister(this, finvis);
			},
		},
	};

	async trigger(this: ITriggerFunctions) {
		return await monitor(this, finvis);
	}

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, async (context) => await receiveEvent(context, finvis));
	}

	/** The first step of an execution. Without this method n8n would call `trigger` in the editor and wait for ever. */
	async execute(this: IExecuteFunctions) {
		return [await onlyNewEvents(this)];
	}
}
