import { outputOf, reasonOf } from '../../../tools/harness/n8n/client';
import { Person } from './forms';
import { eventually, itemsOf, nameOf, today, type Check, present, type Approval, type BankAccount, type Batch, type Receipt } from './world';

const A_MOMENT = 0.01;

export const check: Check = async (world, file) => {
	const accounts = (await world.finvisList<BankAccount>('/accounts/')).filter(({ currency }) => currency === 'SEK');
	accounts.sort((one, other) => Number(one.available_balance) - Number(other.available_balance));
	const [poor, rich] = [accounts[0], present(accounts.at(-1))];
	const amount = (Number(poor.available_balance) + 1_000).toFixed(2);
	const settings = { invoice: 'INV-7', amount, payFromIban: poor.iban, lookAgainEveryMinutes: A_MOMENT };
	const workflow = await world.imported(file, settings);

	const approve = async (name: string) => {
		const batch = await eventually(`${name} waits for its approval`, async () =>
			(await world.finvisList<Batch>('/payments/batches/?status=pending_approval')).find((one) => nameOf(one) === name),
		);
		const pending = await world.finvisList<Approval>('/approvals/pending');
		const { id } = present(pending.find(({ object_id }) => object_id === batch.id));
		await world.sandbox.approver.send('POST', `/approvals/${id}/approve`, {});
		const isDone = async () =>
			(await world.finvisList<Batch>('/payments/batches/')).some((one) => one.id === batch.id && ['executed', 'failed'].includes(one.status));
		await world.sandbox.advanceUntil(isDone);
	};
	const ofInvoice = async () => (await world.ledger()).filter(({ reference }) => reference.startsWith('pay-INV-7'));

	const id = await world.start(workflow);
	await approve('pay-INV-7');
	const asked = await world.waits(id, 'Pay again?');
	expect(await ofInvoice()).toEqual([]);
	const [{ text }] = itemsOf<{ text: string }>(asked, 'Send the question');
	const [formUrl = ''] = /http:\S+/.exec(text) ?? [];

	// Opening the page decides nothing.
	const treasurer = new Person();
	expect(await treasurer.opens(formUrl)).toEqual({ status: 200, page: expect.stringContaining('A payment has failed') });
	expect((await world.execution(id)).status).toBe('waiting');

	// Money comes onto the account from another one, and somebody decides.
	const batch = await world.sandbox.finvis.send('POST', '/payments/batches/', {
		name: 'cover',
		account_id: rich.id,
		execution_date: today(),
		currency: 'SEK',
		payments: [{ amount: '2000.00', creditor_name: 'own', creditor_account: { type: 'iban', value: poor.iban }, end_to_end_id: 'cover' }],
	});
	await world.sandbox.finvis.send('POST', `/payments/batches/${batch.id}/submit`);
	await approve('cover');
	expect((await treasurer.sends(formUrl, [['Pay again'], 'Tove Treasury'])).status).toBe(200);
	await approve('pay-INV-7-try-2');
	const ended = await world.ends(id);
	expect(itemsOf<{ receipt: Receipt }>(ended, 'Prepare the payment').map(({ receipt }) => receipt.reference)).toEqual(['pay-INV-7', 'pay-INV-7-try-2']);
	expect(outputOf(ended, 'Tell that it is paid')).toHaveLength(1);
	const paid = await ofInvoice();
	expect(paid.map((one) => [one.reference, one.amount])).toEqual([['pay-INV-7-try-2', amount]]);

	const again = await world.run(workflow);
	expect(itemsOf<{ receipt: Receipt }>(again, 'Prepare the payment').map(({ receipt }) => receipt.outcome)).toEqual([expect.stringMatching(/found|replayed/)]);
	expect(outputOf(again, 'Tell that it is paid')).toHaveLength(1);
	expect(await ofInvoice()).toEqual(paid);

	const refused = await world.run(await world.imported(file, { ...settings, invoice: 'INV-8', amount: '-1' }), 'Start', 'error');
	expect(reasonOf(refused)).toContain("Prepare the payment: Payment 1: 'Amount': '-1' is negative");
	expect(await ofInvoice()).toEqual(paid);
};
