import { randomUUID } from 'node:crypto';
import { Executions } from '../n8n-host/executions.mjs';
import { credentialsOf, ours, saveTriggerWorkflow } from '../n8n-host/triggerWorkflow.mjs';
import { readExample } from '../stack.mjs';
import { EXAMPLE } from '../demo/sweep.mjs';

const REFERENCE = "={{ $('Rows').item.json['body.references'] }}";
/** A bank account of the sandbox pays thousands of these before its money is gone. */
const PAYMENT = '1.00';
const ORDER = '1000.00';
const IN_TWO_DAYS = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

const node = (name, type, typeVersion, parameters) => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });

const fromExample = (name) => readExample(EXAMPLE).nodes.find((one) => one.name === name).parameters;

/** The client, account and fund of the example. */
const { client, account, instrument } = fromExample('Subscribe to fund');
export const INVESTOR_ACCOUNT = account.value;

const order = { ...fromExample('Subscribe to fund'), client, account, instrument, amount: ORDER, reference: REFERENCE };

const batch = (bankAccountId) => ({
	...fromExample('Prepare transfer'),
	account: { __rl: true, mode: 'id', value: bankAccountId },
	executionDate: IN_TWO_DAYS,
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

/** Publishes a workflow that does `steps` for each of the `references` that are sent to the address it gives, and answers when they are done. */
async function serve({ client: n8n, credentials }, name, ...steps) {
	const path = randomUUID();
	const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, {
		path,
		httpMethod: 'POST',
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	});
	const rows = node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.references', options: {} });
	const nodes = [
		{ ...webhook, webhookId: path },
		rows,
		...steps.map((step) => ({ ...step, credentials: credentialsOf(step.type, credentials) })),
	];
	const connections = Object.fromEntries(
		nodes.slice(1).map((one, index) => [nodes[index].name, { main: [[{ node: one.name, type: 'main', index: 0 }]] }]),
	);
	await n8n.publish(await n8n.createWorkflow({ name: `Soak: ${name}`, nodes, connections, settings: { executionOrder: 'v1' } }));
	return `${n8n.url}/webhook/${path}`;
}

/** Publishes all workflows of the mixed work: the addresses of payments and orders, and the executions of both triggers. */
export async function publishWork({ client: n8n, credentials }, { bankAccountId, clientIds }) {
	const own = { client: n8n, credentials };
	const submit = { resource: 'paymentBatch', operation: 'submit', additionalFields: {}, options: {} };
	const payments = await serve(
		own,
		'payments',
		node('Create', ours('finvis'), 1, batch(bankAccountId)),
		node('Submit', ours('finvis'), 1, { ...submit, paymentBatch: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }),
	);
	const orders = await serve(own, 'orders', node('Order', ours('fondo'), 1, order));
	const listen = async (name, parameters) => {
		const saved = await saveTriggerWorkflow(own, `Soak: ${name}`, parameters);
		await n8n.publish(saved.workflow);
		return new Executions(n8n, saved);
	};
	const told = await listen('told by webhook', {
		type: ours('finvisTrigger'),
		events: ['payment.status.updated'],
	});
	const streamed = await listen('told by stream', { clients: clientIds, objects: ['transaction'], kinds: ['created'] });
	return { payments, orders, told, streamed };
}
