import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

const OTHER = 'other';

const outcomes = [
	{ name: 'Canceled', value: 'canceled', description: 'The customer gave up' },
	{ name: 'Complete', value: 'complete' },
	{ name: 'Error', value: 'error', description: 'Something went wrong on the way' },
	{ name: 'Expired', value: 'expired', description: 'The customer did not come in time' },
	{ name: 'Other', value: OTHER, description: 'An end that is not in this list' },
];

export const journeyProperties: INodeProperties[] = [
	{
		displayName: "Give the Production URL above as 'Callback URL' to the journeys that this workflow is to hear of",
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'outcomes',
		type: 'multiOptions',
		options: outcomes,
		required: true,
		default: ['complete', 'canceled', 'error', 'expired', OTHER],
		description: 'How the journey must have ended',
	},
	{
		displayName: 'Client Names or IDs',
		name: 'clients',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'clients' },
		default: [],
		description:
			'Only journeys of these clients; none chosen means all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

export function isOutcomeWanted(context: IWebhookFunctions, outcome: unknown): boolean {
	const chosen = [context.getNodeParameter('outcomes', [])].flat();
	const known = outcomes.some(({ value }) => value === outcome);
	return chosen.some((one) => one === (known ? outcome : OTHER));
}
