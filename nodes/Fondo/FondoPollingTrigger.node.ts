import type { IExecuteFunctions, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { alphabetically } from '../shared/panel';
import { fondo } from './api';
import { clientOptions } from './events/clientOptions';
import { executePolling } from './events/execute';
import { eventProperties, filterOptions, onceAmongTriggersOption, outageOptions } from './events/eventParameters';
import { poll } from './events/poll';

export class FondoPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo Polling Trigger',
		name: 'fondoPollingTrigger',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle:
			'={{ [$parameter["objects"]].flat().join(", ").replace("*", "any object").replace("other", $parameter["otherObjects"] || "other") }}',
		description:
			'Starts the workflow when something has changed at Fondo, by reading its lists at intervals. For hosts that block WebSockets; otherwise use the Fondo Trigger.',
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
				placeholder: 'Add Option',
				default: {},
				options: [...filterOptions, ...outageOptions, onceAmongTriggersOption].sort((one, other) =>
					alphabetically(one.displayName, other.displayName),
				),
			},
		],
	};

	methods = { loadOptions: { clients: clientOptions(fondo) } };

	async poll(this: IPollFunctions) {
		return await poll(this, fondo);
	}

	async execute(this: IExecuteFunctions) {
		return await executePolling(this, async function () {
			return await poll(this, fondo);
		});
	}
}
