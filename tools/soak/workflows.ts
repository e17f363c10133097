import { isResourceLocatorValue, type INode, type INodeParameters } from 'n8n-workflow';
import { Executions } from '../harness/n8n/executions';
import { byId, ourNode, ours, publishForReferences, REFERENCE, saveTriggerWorkflow, type Owner } from '../harness/n8n/workflow';
import { readExample, SWEEP } from '../harness/stack';

/** Small, because thousands of these must not empty the sandbox's bank account. */
const PAYMENT = '1.00';
const ORDER = '1000.00';
const EXECUTION_DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

function fromExample(name: string): INodeParameters {
	const found = readExample(SWEEP).nodes.find((one) => one.name === name);
	if (!found) throw new Error(`The example has no node '${name}'`);
	return found.parameters;
}

const subscription = fromExample('Subscribe to fund');

function investorAccount(): string {
	const { account } = subscription;
	if (!isResourceLocatorValue(account)) throw new Error('The example names no account');
	return String(account.value);
}

/** The investor account of the example. */
export const INVESTOR_ACCOUNT = investorAccount();

const order: INodeParameters = { ...subscription, amount: ORDER, reference: REFERENCE };

const batch = (bankAccountId: string): INodeParameters => ({
	...fromExample('Prepare transfer'),
	account: byId(bankAccountId),
	executionDate: EXECUTION_DATE,
	payments: {
		rows: [
			{
				amount: PAYMENT,
				creditorName: 'Sparbolaget Norr AB',
				creditorAccountType: 'iban',
				creditorAccount: 'SE1350083986623322991300',
				endToEndId: REFERENCE,
			},
		],
	},
	reference: REFERENCE,
});

/** Publishes a workflow with these steps, and returns the address of its webhook. */
async function serve(owner: Owner, name: string, ...steps: INode[]): Promise<string> {
	const { path } = await publishForReferences(owner, `Soak: ${name}`, steps);
	return `${owner.client.url}${path}`;
}

/** Publishes a trigger, and returns its executions. */
async function listen<Item>(owner: Owner, name: string, type: string, parameters: INodeParameters): Promise<Executions<Item>> {
	const saved = await saveTriggerWorkflow(owner, `Soak: ${name}`, { type: ours(type), parameters });
	await owner.client.publish(saved.workflow);
	return new Executions<Item>(owner.client, saved);
}

/** An item of the Finvis Trigger. */
export interface WebhookItem {
	readonly delivery: { readonly id: string };
}

/** An item of a workflow that creates or changes an object. */
export interface WrittenItem {
	readonly id: string;
}

export interface MixedWork {
	/** The addresses that take references. */
	readonly payments: string;
	readonly orders: string;
	readonly webhooks: Executions<WebhookItem>;
	readonly stream: Executions<{ readonly id: string }>;
}

/** Publishes all workflows of the mixed work. */
export async function publishWork(owner: Owner, of: { bankAccountId: string; clientIds: string[] }): Promise<MixedWork> {
	const submit = { resource: 'paymentBatch', operation: 'submit', additionalFields: {}, paymentBatch: byId('={{ $json.id }}') };
	return {
		payments: await serve(
			owner,
			'payments',
			ourNode(owner, 'finvis', batch(of.bankAccountId), { name: 'Create' }),
			ourNode(owner, 'finvis', submit, { name: 'Submit' }),
		),
		orders: await serve(owner, 'orders', ourNode(owner, 'fondo', order, { name: 'Order' })),
		webhooks: await listen<WebhookItem>(owner, 'webhooks', 'finvisTrigger', { events: ['payment.status.updated'] }),
		stream: await listen<{ id: string }>(owner, 'stream', 'fondoTrigger', {
			clients: of.clientIds,
			objects: ['transaction'],
			kinds: ['created'],
		}),
	};
}
