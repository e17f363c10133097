import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { clients } from './events/clientOptions';
import { eventProperties, filterOptions } from './events/parameters';
import { poll } from './events/poll';

export class FondoPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo Polling Trigger',
		name: 'fondoPollingTrigger',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ $parameter["objects"].join(", ") }}',
		description: 'Asks Fondo at intervals what has changed. For hosts that let no WebSocket through; else use the Fondo Trigger.',
		defaults: { name: 'Fondo Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		properties: [
			...eventProperties(['journey']),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: filterOptions,
			},
		],
	};

	methods = { loadOptions: { clients } };

	async poll(this: IPollFunctions) {
		return await poll(this);
	}
}
