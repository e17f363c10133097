// Payment files as Swedish programs write them, from file to bank: the recipe of docs/cookbook.md on a real n8n. test/cookbook.test.ts compares it with the page.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../tools/harness/n8n/client';
import { byId, node, ourNode, saveWorkflow, webhook } from '../../tools/harness/n8n/workflow';
import { eventually, itemsOf, present, type Approval, type BankAccount, type Receipt, type Row, World } from './examples/world';
import { DAY, files, type PaymentFile } from './spreadsheets/files';

const DAY_S = 86_400;

let world: World;
beforeEach(async () => {
	world = await World.begin();
});
afterEach(async () => await world.end());

/** The workflow of the recipe: a file that is sent to n8n becomes one batch. */
async function publish({ name, read, fields }: PaymentFile) {
	const path = randomUUID();
	const [account] = (await world.finvisList<BankAccount>('/accounts/')).filter(
		({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000,
	);
	const extract = node('Read the rows', 'n8n-nodes-base.extractFromFile', {
		operation: 'csv',
		binaryPropertyName: 'file',
		options: read,
	});
	const create = ourNode(
		world.owner,
		'finvis',
		{
			resource: 'paymentBatch',
			operation: 'createFromItems',
			account: byId(account.id),
			reference: `${name}-${DAY}`,
			bankDay: 'keep',
			additionalFields: {},
			options: { amountFormat: 'swedish' },
			...fields,
		},
		{ name: 'Prepare the batch' },
	);
	const workflow = await saveWorkflow(world.owner, `Payment file ${name}`, [
		webhook(path, { responseMode: 'onReceived' }),
		extract,
		create,
	]);
	await world.publish(workflow);
	return async (bytes: Buffer<ArrayBuffer>) => {
		const known = (await world.executionsOf(workflow)).length;
		const form = new FormData();
		form.append('file', new Blob([bytes], { type: 'text/csv' }), `${name}.csv`);
		expect((await fetch(`${world.client.url}/webhook/${path}`, { method: 'POST', body: form })).status).toBe(200);
		const begun = await eventually('the file starts the workflow', async () => (await world.executionsOf(workflow))[known]);
		return await world.client.ended(begun.id);
	};
}

async function payAndSettle({ id }: Row) {
	await world.sandbox.finvis.send('POST', `/payments/batches/${id}/submit`);
	const [approval] = (await world.finvisList<Approval>('/approvals/pending')).filter(({ object_id }) => object_id === id);
	await world.sandbox.approver.send('POST', `/approvals/${approval.id}/approve`);
	const days = Math.ceil((Date.parse(DAY) - Date.now()) / (DAY_S * 1000)) + 1;
	await world.sandbox.advance(days * DAY_S);
}

describe.each(files)('the file of $name', (file) => {
	const bytes = readFileSync(join(__dirname, 'spreadsheets', `${file.name}.csv`));
	const encoding = file.read.encoding === 'latin1' ? 'latin1' : 'utf8';

	test('becomes one batch, which the bank pays on its day', async () => {
		const send = await publish(file);
		const first = await send(bytes);
		expect(first.status === 'error' ? reasonOf(first) : first.status).toBe('success');
		const [batch] = itemsOf<Row & { receipt: Receipt }>(first, 'Prepare the batch');
		expect(batch).toMatchObject({ total_amount: file.total, payment_count: file.paid.length, execution_date: DAY });
		expect(batch.receipt).toMatchObject({ outcome: 'created' });

		await payAndSettle(batch);
		const ledger = (await world.ledger()).filter(({ kind }) => kind === 'payment');
		expect(ledger.map(({ counterparty, amount, reference }) => [counterparty, Number(amount), reference])).toEqual(
			file.paid.map(([account, amount, reference]) => [account, Number(amount), reference]),
		);
		const booked = await world.finvisList<Row>('/transactions/');
		for (const [, amount, , payee] of file.paid) {
			const found = booked.filter(({ booking_date }) => booking_date === DAY).find(({ counterparty_name }) => counterparty_name === payee);
			expect([payee, Number(found?.amount)]).toEqual([payee, -Number(amount)]);
		}

		// The same file again pays nothing.
		const again = await send(bytes);
		expect(itemsOf<{ receipt: Receipt }>(again, 'Prepare the batch')[0].receipt.outcome).toBe('found');
	});

	test('with a wrong row is refused as a whole, and the message names row and field', async () => {
		const [right, wrong, message] = file.wrong;
		const text = bytes.toString(encoding);
		expect(text.split(right)).toHaveLength(2);
		const send = await publish(file);
		const execution = await send(Buffer.from(text.replace(right, wrong), encoding));
		expect(execution.status).toBe('error');
		expect(present(execution.data.resultData.error).message).toContain(message);
		expect(await world.requests('createPaymentBatch')).toEqual([]);
	});
});
