import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

const OTHER = 'other';

const outcomes = [
	{ name: 'Canceled', value: 'canceled', action: 'On journey canceled', description: 'The customer canceled the journey' },
	{ name: 'Complete', value: 'complete', action: 'On journey complete', description: 'The customer completed the journey' },
	{ name: 'Error', value: 'error', action: 'On journey failed', description: 'The journey failed' },
	{ name: 'Expired', value: 'expired', action: 'On journey expired', description: 'The customer did not complete the journey in time' },
	{ name: 'Other', value: OTHER, action: 'On other outcome of a journey', description: 'An outcome that is not in this list' },
];

export const journeyProperties: INodeProperties[] = [
	{
		displayName:
			"Open 'Webhook URLs' above and copy the Production URL. Paste it as 'Callback URL' where you create the journeys whose outcome starts this workflow.",
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
		description: 'The outcomes that start the workflow',
	},
	{
		displayName: 'Client Names or IDs',
		name: 'clients',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'clients' },
		default: [],
		description:
			'Only journeys of these clients. None chosen means all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** Whether the user chose this outcome; outcomes that the list does not contain count as Other. */
export function isOutcomeWanted(context: IWebhookFunctions, outcome: unknown): boolean {
	const chosen = [context.getNodeParameter('outcomes', [])].flat();
	const known = outcomes.some(({ value }) => value === outcome);
	return chosen.some((one) => one === (known ? outcome : OTHER));
}
