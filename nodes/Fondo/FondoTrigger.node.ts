import type { IExecuteFunctions, INodeType, INodeTypeDescription, ITriggerFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { alphabetically } from '../shared/panel';
import { fondo } from './api';
import { clientOptions } from './events/clientOptions';
import { executeTrigger } from './events/execute';
import { listen } from './events/stream/listen';
import { eventProperties, filterOptions, onceAmongTriggersOption, outageOptions, streamOptions } from './events/eventParameters';

export class FondoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fondo Trigger',
		name: 'fondoTrigger',
		icon: { light: 'file:../../icons/fondo.svg', dark: 'file:../../icons/fondo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$parameter["objects"]].flat().join(", ").replace("*", "any object").replace("other", $parameter["otherObjects"] || "other") }}',
		// The node search of n8n (2.41) shows it for the node and the trigger together.
		description:
			'Investor accounts, orders, instruments and agreements of a fund platform. The trigger starts the workflow when an order, account, transaction, journey or client changes at Fondo.',
		eventTriggerDescription: 'Waiting for one of the chosen changes at Fondo',
		defaults: { name: 'Fondo Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fondoApi', required: true }],
		properties: [
			...eventProperties(),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [...filterOptions, ...outageOptions, ...streamOptions, onceAmongTriggersOption].sort((one, other) =>
					alphabetically(one.displayName, other.displayName),
				),
			},
		],
	};

	methods = { loadOptions: { clients: clientOptions(fondo) } };

	async trigger(this: ITriggerFunctions) {
		return await listen(this, fondo);
	}

	async execute(this: IExecuteFunctions) {
		return await executeTrigger(this, async function () {
			return await listen(this, fondo);
		});
	}
}
