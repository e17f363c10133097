import type { IExecuteFunctions, INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { handleWebhook } from '../shared/triggers/webhookReply';
import { VERSIONS } from '../shared/fields/field';
import { propertiesOf } from '../shared/panel';
import { listSearches } from '../shared/resource';
import { runItems } from '../shared/runItems';
import { fondo } from './api';
import { resume, resumeWebhook } from './journeys/resume';
import { resources } from './resources';

export class Fondo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo',
		name: 'fondo',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['transform'],
		version: VERSIONS,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Trade and administer funds: investor accounts, orders, instruments and agreements',
		defaults: { name: 'Fondo' },
		usableAsTool: {
			replacements: {
				description: "Read accounts, orders, transactions and agreements of a fund platform. It writes only where 'Let the AI Write' is on",
			},
		},
		builderHint: {
			searchHint:
				'To buy or sell fund units, use the operation Create of the resource Order. Set Reference to a value of the business that stays the same when the workflow runs again, such as the number of the order in your system; never to the time of the run.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		waitingNodeTooltip:
			'The execution continues when Fondo reports the outcome of the journey, or after the time you have set for the next look',
		webhooks: [resumeWebhook],
		properties: propertiesOf(resources),
	};

	methods = { listSearch: listSearches(fondo, resources) };

	/** n8n (2.41) does not call these for the address of a waiting execution. */
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async execute(this: IExecuteFunctions) {
		return await runItems(this, fondo, resources);
	}

	async webhook(this: IWebhookFunctions) {
		return await handleWebhook(this, async (context) => await resume(context, fondo));
	}
}
