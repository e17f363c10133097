import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { VERSIONS } from '../shared/fields/field';
import { propertiesOf } from '../shared/panel';
import { listSearches, resourceMappings } from '../shared/resource';
import { runItems } from '../shared/runItems';
import { finvis } from './api';
import { resources } from './resources';
import { SECRET_FIELDS } from './webhook/subscriptions';

export class Finvis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Finvis',
		name: 'finvis',
		icon: { light: 'file:../../icons/finvis.svg', dark: 'file:../../icons/finvis.dark.svg' },
		group: ['transform'],
		version: VERSIONS,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Run the treasury of a corporate group: bank accounts, payment batches, approvals and reports',
		defaults: { name: 'Finvis' },
		usableAsTool: {
			replacements: {
				description:
					"Read the treasury of a corporate group: bank accounts, payment batches, approvals and reports. It writes only where 'Let the AI Write' is on",
			},
		},
		builderHint: {
			searchHint:
				'To pay the rows of a sheet or a list, use the operation Create From Items of the resource Payment Batch, then Submit and Approve. Set Reference to a value of the business that stays the same when the workflow runs again, such as the invoice number or the pay day; never to the time of the run.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'finvisApi', required: true }],
		waitingNodeTooltip: 'The execution continues after the time you have set for the next look',
		// Only the answer of Webhook: Create has them.
		sensitiveOutputFields: SECRET_FIELDS,
		properties: propertiesOf(resources),
	};

	methods = { listSearch: listSearches(finvis, resources), resourceMapping: resourceMappings(resources) };

	async execute(this: IExecuteFunctions) {
		return await runItems(this, finvis, resources);
	}
}
