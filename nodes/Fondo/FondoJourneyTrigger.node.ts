import type { IExecuteFunctions, INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { onlyNewItems } from '../shared/triggers/earlierExecutions';
import { handleWebhook, notRegistered } from '../shared/triggers/webhookReply';
import { fondo } from './api';
import { clientOptions } from './events/clientOptions';
import { journeyProperties } from './journeys/journeyParameters';
import { receiveCallback } from './journeys/receiveCallback';

export class FondoJourneyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo Journey Trigger',
		name: 'fondoJourneyTrigger',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["outcomes"]].flat().length === 5 ? "any outcome" : [$parameter["outcomes"]].flat().join(", ") }}',
		description: 'Starts the workflow when a journey has ended, e.g. when a customer has opened an account',
		eventTriggerDescription: "Complete a journey that has the Test URL as its 'Callback URL'",
		triggerPanel: { header: 'Pull in the outcome of a journey' },
		defaults: { name: 'Fondo Journey Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'journey' }],
		properties: journeyProperties,
	};

	methods = { loadOptions: { clients: clientOptions(fondo) } };

	/** Nothing is registered at Fondo, because each journey contains its callback address. */
	webhookMethods = notRegistered;

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, async (context) => await receiveCallback(context, fondo));
	}

	/** The first step of an execution. */
	async execute(this: IExecuteFunctions) {
		return [await onlyNewItems(this, ({ json: { id, outcome } }) => `${String(id)} ${String(outcome)}`)];
	}
}
