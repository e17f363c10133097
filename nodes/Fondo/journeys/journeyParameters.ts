import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

const OTHER = 'other';

const outcomes = [
	{ name: 'Canceled', value: 'canceled', action: 'On journey canceled', description: 'The customer gave up' },
	{ name: 'Complete', value: 'complete', action: 'On journey complete', description: 'The customer has done all of it' },
	{ name: 'Error', value: 'error', action: 'On journey failed', description: 'Something went wrong on the way' },
	{ name: 'Expired', value: 'expired', action: 'On journey expired', description: 'The customer did not come in time' },
	{ name: 'Other', value: OTHER, action: 'On other end of a journey', description: 'An end that is not in this list' },
];

export const journeyProperties: INodeProperties[] = [
	{
		displayName:
			"Open 'Webhook URLs' above and copy the Production URL. Paste it as 'Callback URL' wherever a journey is created whose end is to start this workflow.",
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
