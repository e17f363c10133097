// What an n8n must do with our nodes: each check is a workflow that only n8n's public API and its webhooks drive.
import { randomUUID } from 'node:crypto';
import { Failure } from '../base/failure';
import { byId, ours, REFERENCE, saveTriggerWorkflow, type Api } from '../harness/n8n/workflow';
import type { SandboxClient } from '../harness/sandbox';
import { exampleWith } from '../harness/stack';
import type { Title } from './record';
import type { Service } from './services';
import type { Item, Trial } from './trial';

export type Check = (trial: Trial, service: Service) => Promise<void>;

function expectEqual(what: string, actual: unknown, expected: unknown): void {
	const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
	if (is !== wanted) throw new Failure(`${what}: ${is} instead of ${wanted}`);
}

const referenceOf = ({ prefix }: Trial, what: string) => `${prefix.replace(/\W+/g, '-')}-${what}`;

const checkSetup: Check = async (trial, service) => {
	const checks = await trial.call(await trial.publish('Check Setup', service, { resource: 'system', operation: 'checkSetup' }));
	const failed = checks.filter(({ status }) => status === 'failed').map(({ check, finding }) => `${check}: ${finding}`);
	expectEqual('failed checks', failed, []);
	if (checks.length < 10) throw new Failure(`Check Setup made only ${checks.length} checks`);
};

const read: Check = async (trial, service) => {
	const items = await trial.call(await trial.publish('read', service, service.read));
	if (items.length === 0 || !items.every(({ id }) => id)) throw new Failure(`the list has ${items.length} items, or items without an ID`);
};

/** Lets another person approve a batch of Finvis, and the bank pay it. An order of Fondo is executed at once. */
async function execute(trial: Trial, { api }: Service, { id }: Item): Promise<void> {
	if (api === 'fondo') return;
	const submit = await trial.publish(
		'submit',
		{ api },
		{
			resource: 'paymentBatch',
			operation: 'submit',
			paymentBatch: byId(REFERENCE),
		},
	);
	await trial.call(submit, id);
	await trial.call(submit, id);
	const { approver } = trial.sandbox;
	const pending = await approver.list<{ id: string; object_id: string }>('/approvals/pending');
	for (const approval of pending.filter(({ object_id }) => object_id === id)) {
		await approver.send('POST', `/approvals/${approval.id}/approve`, {});
	}
	await trial.sandbox.advanceUntil(async () => (await trial.sandbox.ledger()).some(({ batchId }) => batchId === id));
}

const movesOf = async ({ sandbox }: Trial, { id }: Item) =>
	(await sandbox.ledger()).filter(({ objectId, batchId }) => objectId === id || batchId === id).length;

const outcomesOf = (items: readonly Item[]) => items.map(({ receipt }) => receipt?.outcome);

const writeTwice: Check = async (trial, service) => {
	const writes = await trial.publish('write twice', service, await service.write(trial.sandbox, REFERENCE));
	const reference = referenceOf(trial, 'twice');
	const first = await trial.call(writes, reference);
	const second = await trial.call(writes, reference);
	await execute(trial, service, first[0]);
	const third = await trial.call(writes, reference);
	expectEqual('outcomes', outcomesOf([...first, ...second, ...third]), ['created', 'found', 'found']);
	expectEqual('IDs', [second[0].id, third[0].id], [first[0].id, first[0].id]);
	expectEqual('entries in the ledger', await movesOf(trial, first[0]), 1);
};

const lostAnswer: Check = async (trial, service) => {
	const { sandbox } = trial;
	const writes = await trial.publish('lost answer', service, await service.write(sandbox, REFERENCE));
	await sandbox.addFaults({ match: { api: service.api, path: service.writeCall }, kind: 'cut_after', times: 1 });
	const calls = async () => (await sandbox.requests(service.writeCall)).map(({ status }) => status);
	const before = (await calls()).length;
	const reference = referenceOf(trial, 'lost');
	const items = await trial.call(writes, reference);
	const again = await trial.call(writes, reference);
	await execute(trial, service, items[0]);
	// The sandbox writes down a cut call with status 0. The node finds by a look what became of it, and sends nothing again.
	expectEqual('calls that write', (await calls()).slice(before), [0]);
	expectEqual('outcomes', outcomesOf([...items, ...again]), ['created', 'found']);
	expectEqual('entries in the ledger', await movesOf(trial, items[0]), 1);
};

/** Publishes a workflow and waits until its trigger listens at the sandbox. */
async function listens(trial: Trial, service: Service, publish: () => Promise<unknown>): Promise<void> {
	const before = await service.listeners(trial.sandbox);
	await publish();
	await trial.eventually('the trigger listens', async () => (await service.listeners(trial.sandbox)) > before);
}

const trigger: Check = async (trial, service) => {
	const { client, credentials, sandbox } = trial;
	const options = { type: ours(service.trigger), parameters: await service.listen(sandbox) };
	const saved = await saveTriggerWorkflow({ client, credentials }, 'trigger', options);
	await listens(trial, service, async () => await client.publish(saved.workflow));
	const happened: string[] = [];
	for (let count = 1; count <= 2; count += 1) {
		happened.push(await service.happen(sandbox));
		await trial.eventually(`start ${count}`, async () => (await trial.startsOf(saved)).length >= count);
	}
	expectEqual('starts', await trial.startsOf(saved), happened);
};

interface Example {
	readonly file: string;
	/** A node that every run reaches, and the field with the ID of what happened. */
	readonly node: string;
	readonly field: string;
	/** Makes the example run: the ID that it then shows. */
	happen(sandbox: SandboxClient, reference: string): Promise<string>;
}

/** Examples that begin with a trigger, because the public API cannot start one by hand. */
const PUBLISHED: Readonly<Record<Api, Example>> = {
	fondo: {
		file: 'follow-orders.json',
		node: 'The order',
		field: 'order',
		happen: async ({ fondo }, clientRef) => {
			const [{ id: client }] = await fondo.read<Array<{ id: string }>>('/client');
			const accounts = await fondo.read<Array<{ id: string; status: string; balance: number }>>(`/client/${client}/account`);
			const account = accounts.find(({ status, balance }) => status === 'active' && balance > 5_000)?.id;
			const order = { orderType: 'subscription', account, instrument: 'SE0001862426SEK', amount: 500, clientRef };
			return (await fondo.send('POST', `/client/${client}/order`, order)).id;
		},
	},
	finvis: {
		file: 'payment-status.json',
		node: 'Summary',
		field: 'batch',
		happen: async (sandbox, batch_id) => {
			await sandbox.emitEvent('payment.status.updated', { batch_id, previous_status: 'processing', status: 'executed' });
			return batch_id;
		},
	},
};

const example: Check = async (trial, service) => {
	const { file, node, field, happen } = PUBLISHED[service.api];
	const { nodes, ...content } = exampleWith(trial.credentials, file);
	// As n8n does when somebody imports it: an address of its own for each webhook.
	const own = nodes.map((one) => (one.type.startsWith(ours('')) ? { ...one, webhookId: randomUUID() } : one));
	const workflow = await trial.client.createWorkflow({ ...content, nodes: own });
	await listens(trial, service, async () => await trial.client.publish(workflow));
	const id = await happen(trial.sandbox, referenceOf(trial, 'example'));
	const shown = async () => (await trial.itemsOf(workflow, node)).some((item) => item[field] === id);
	await trial.eventually(`the example shows ${id}`, shown);
};

export const CHECKS: Readonly<Record<Title, Check>> = {
	'Check Setup': checkSetup,
	read,
	'write twice': writeTwice,
	'lost answer': lostAnswer,
	trigger,
	example,
};
