import type { INodeProperties, IPollFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { textsOf } from '../../shared/fields/text';
import type { EventFilter } from './changes/eventFilter';
import { ANY } from './changes/eventFilter';

const OTHER = 'other';

const objectOptions = [
	{ name: 'Account', value: 'account', action: 'On account change', description: 'An investor account: its status, balance or positions' },
	{
		name: 'Any Object',
		value: ANY,
		action: 'On any change',
		description: 'Every change that Fondo reports, including objects that are not in this list',
	},
	{
		name: 'Client',
		value: 'client',
		action: 'On client change',
		description: 'One of your clients: its names, fee accounts or service types',
	},
	{ name: 'Journey', value: 'journey', action: 'On journey change', description: 'Account opening or KYC by a customer' },
	{ name: 'Order', value: 'order', action: 'On order change', description: 'A subscription or a redemption, e.g. when it is settled' },
	{ name: 'Other Objects', value: OTHER, action: 'On change of another object', description: 'Objects or events that you enter by name' },
	{ name: 'Transaction', value: 'transaction', action: 'On transaction change', description: 'A movement of cash or of fund units' },
];

/** The parameters of all triggers: clients, objects, changes. `without`: objects whose changes a list cannot show. */
export const eventProperties = (without: readonly string[] = []): INodeProperties[] => [
	{
		displayName: 'Client Names or IDs',
		name: 'clients',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'clients' },
		required: true,
		default: [],
		description:
			'Your clients whose events start the workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Trigger On',
		name: 'objects',
		type: 'multiOptions',
		options: objectOptions.filter(({ value }) => !without.includes(value)),
		required: true,
		default: ['order'],
		description: 'The objects whose changes start the workflow',
	},
	{
		displayName: 'Other Objects',
		name: 'otherObjects',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. allocationPlan, order.create',
		description:
			'Names of objects or of events as Fondo writes them, separated by commas. Only the event stream and callbacks report objects that are not in the list above.',
		displayOptions: { show: { objects: [OTHER] } },
	},
	{
		displayName: 'Changes',
		name: 'kinds',
		type: 'multiOptions',
		options: [
			{ name: 'Created', value: 'created' },
			{ name: 'Deleted', value: 'deleted' },
			{ name: 'Updated', value: 'updated' },
		],
		default: ['created', 'updated', 'deleted'],
		description: 'The kinds of change that start the workflow. None chosen means all.',
	},
];

/** Options of all triggers. */
export const filterOptions: INodeProperties[] = [
	{
		displayName: 'Account IDs',
		name: 'accounts',
		type: 'string',
		default: '',
		placeholder: 'e.g. 49ad7378-121c-4a53-9894-dfd14a7b4877',
		description: 'Only changes that concern these investor accounts, separated by commas',
	},
	{
		displayName: 'Status Reached',
		name: 'statuses',
		type: 'string',
		default: '',
		placeholder: 'e.g. settled',
		description:
			'Only changes to one of these statuses, separated by commas. If the previous state is unknown (previous is empty), the object may have reached the status earlier.',
	},
];

/** Options of the triggers that ask Fondo by themselves. */
export const outageOptions: INodeProperties[] = [
	{
		displayName: 'Catch Up After a Pause',
		name: 'catchUpAfterPause',
		type: 'boolean',
		default: false,
		description: 'Whether to catch up on changes from the time when the workflow was off, when you publish it again',
	},
	{
		displayName: 'Report Trouble After (Minutes)',
		name: 'reportAfterMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 15,
		description: 'How long Fondo may be out of reach before a failed execution reports it. The trigger tries again in any case.',
	},
];

/** Of the triggers that could deliver a change without the memory of n8n. The webhook trigger always uses it. */
export const onceAmongTriggersOption: INodeProperties = {
	displayName: 'Once Among Triggers',
	name: 'onceAmongTriggers',
	type: 'boolean',
	default: false,
	description:
		'Whether a change that another Fondo trigger of this workflow has delivered is left out. Switch it on in all of them. Each execution then writes to the database of n8n.',
};

/** Options of the Fondo Trigger only. */
export const streamOptions: INodeProperties[] = [
	{
		displayName: 'Check for Missed Events Every (Minutes)',
		name: 'checkMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description: "How often Fondo's lists are also read, in case an event was missed; 0 switches this off",
	},
	{
		displayName: 'Gather Events For (Seconds)',
		name: 'gatherSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How long to collect the events of a client into one execution with several items; 0 starts one execution for each event',
	},
	{
		displayName: 'One at a Time',
		name: 'oneAtATime',
		type: 'boolean',
		default: false,
		description: 'Whether each execution must end before the next event starts one. Keeps the order of changes through the workflow.',
	},
	{
		displayName: 'Reconnect After Silence (Seconds)',
		name: 'silenceSeconds',
		type: 'number',
		typeOptions: { minValue: 5 },
		default: 120,
		description: 'How long the connection may be silent, without even a heartbeat, before the trigger reconnects',
	},
];

/** The settings of a trigger, as its parameters read when it starts or polls. */
export interface Settings {
	readonly clients: readonly string[];
	readonly filter: EventFilter;
	/** The value of a numeric option; the default when the option is missing, negative or not a number. */
	readonly option: (name: string, defaultValue: number) => number;
	readonly isOn: (name: string) => boolean;
}

/** Throws when the user chose no client or no object. */
export function settingsOf(context: ITriggerFunctions | IPollFunctions | IWebhookFunctions): Settings {
	const textsIn = (name: string) => textsOf(context.getNodeParameter(name, []));
	const clients = textsIn('clients');
	const chosen = textsIn('objects');
	const objects = [...chosen.filter((object) => object !== OTHER), ...(chosen.includes(OTHER) ? textsIn('otherObjects') : [])];
	const objectsField = chosen.includes(OTHER) ? 'Other Objects' : 'Trigger On';
	const empty = clients.length === 0 ? 'Client Names or IDs' : objects.length === 0 ? objectsField : undefined;
	if (empty !== undefined) throw new NodeOperationError(context.getNode(), `'${empty}' is empty`, { description: 'Choose at least one.' });
	return {
		clients: [...new Set(clients)],
		filter: { objects, kinds: textsIn('kinds'), statuses: textsIn('options.statuses'), accounts: textsIn('options.accounts') },
		option: (name, defaultValue) => {
			const value = Number(context.getNodeParameter(`options.${name}`, defaultValue));
			return value >= 0 ? value : defaultValue;
		},
		isOn: (name) => context.getNodeParameter(`options.${name}`, false) === true,
	};
}
