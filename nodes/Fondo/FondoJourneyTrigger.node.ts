import type { INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { handleWebhook } from '../shared/triggers/webhookReply';
import { clients } from './events/clientOptions';
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
		description: 'Starts the workflow when a customer has ended a journey, e.g. the opening of an account',
		eventTriggerDescription: "Let a journey end that has the Test URL as its 'Callback URL'",
		triggerPanel: { header: 'Pull in the outcome of a journey' },
		defaults: { name: 'Fondo Journey Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'journey' }],
		properties: journeyProperties,
	};

	methods = { loadOptions: { clients } };

	/** Nothing is registered at Fondo: each journey brings the address along. */
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, receiveCallback);
	}
}
