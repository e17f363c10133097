import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../tools/base/project';
import { colleague, formOf, owner, Person, seesEnd } from './forms';
import { eventually, itemsOf, today, type Check } from './world';

const SHEET = { name: 'supplier-payments.xlsx', bytes: readFileSync(join(projectRoot, 'examples', 'supplier-payments.xlsx')) };
const TOTAL = '24119.75';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const [preparer, approver] = [await owner(), await colleague(world.client)];
	const form = formOf(workflow);
	const upload = async ({ total = TOTAL, count = 3 } = {}) => {
		const url = await preparer.begins(form, [SHEET, total, count, today()]);
		return { url, id: await world.latestOf(workflow) };
	};

	// Only a login opens the form, and opening it starts nothing.
	expect((await new Person().opens(form)).status).toBe(401);
	expect((await new Person().sends(form, [SHEET, TOTAL, 3, today()])).status).toBe(401);
	expect((await preparer.opens(form)).page).toContain('Control total');
	expect(await world.executionsOf(workflow)).toEqual([]);

	// What does not add up is not prepared.
	const wrong = await upload({ total: '24119.74' });
	expect(await seesEnd(world, preparer, wrong, 'Say why it was not prepared')).toContain('The payments come to 24119.75, not to 24119.74');
	const fewer = await upload({ count: 2 });
	expect(await seesEnd(world, preparer, fewer, 'Say why it was not prepared')).toContain('There are 3 payments, not 2');
	expect(await world.requests('createPaymentBatch')).toEqual([]);

	// The page shows what Finvis refuses.
	await world.sandbox.addFaults({ match: { path: 'createPaymentBatch' }, kind: 'status', status: 403, body: { detail: 'Not you' } });
	expect(await seesEnd(world, preparer, await upload(), 'Say why it was not prepared')).toContain('Not you');
	await world.sandbox.clearFaults();

	const run = await upload();
	await world.waits(run.id, 'Approve the run?');
	const [batch] = itemsOf(await world.execution(run.id), 'Prepare the batch');
	expect(batch).toMatchObject({ status: 'draft', total_amount: TOTAL, payment_count: 3, receipt: { outcome: 'created' } });
	const letter = itemsOf(await world.execution(run.id), 'Send the link to the approver')[0].text;
	expect(letter).toContain(run.url);
	expect(letter).toContain('Total: 24\u00A0119,75 SEK');
	expect(itemsOf(await world.execution(run.id), 'Describe it for the approver')[0]).toMatchObject({ payees: 'proven', payment_count: 3 });

	// Opening the page approves nothing; neither does a stranger, nor the one who prepared.
	expect((await new Person().sends(run.url, [['Approve']])).status).toBe(401);
	const { page } = await approver.opens(run.url);
	for (const shown of ['24\u00A0119,75', 'Payee', '12\u00A0500,00']) expect(page.replaceAll('&nbsp;', '\u00A0')).toContain(shown);
	expect(page).not.toContain('This page is here again');
	expect((await preparer.sends(run.url, [['Approve']])).status).toBe(200);
	await eventually('the page is there again', async () => {
		const { status, data } = await world.execution(run.id);
		return status === 'waiting' && data.resultData.runData['Who decided what']?.length === 1;
	});
	expect(await world.requests('submitPaymentBatch')).toEqual([]);
	expect((await preparer.opens(run.url)).page).toContain('the person who prepares a run cannot approve it');

	expect((await approver.sends(run.url, [['Approve']])).status).toBe(200);
	expect(await seesEnd(world, approver, run, 'Say that it will be paid')).toContain('go to the bank');
	const paid = async () => (await world.ledger()).map(({ reference, amount }) => [reference, amount]).sort();
	await world.sandbox.advanceUntil(async () => (await paid()).length > 0);
	const payments = [
		['GL-77', '3499.50'],
		['NS-1042', '12500.00'],
		['SKV-2026-03', '8120.25'],
	];
	expect(await paid()).toEqual(payments);

	// The same file again, approved again: nothing more is paid.
	const again = await upload();
	await world.waits(again.id, 'Approve the run?');
	const found = { id: batch.id, receipt: { outcome: expect.stringMatching(/found|replayed/) } };
	expect(itemsOf(await world.execution(again.id), 'Prepare the batch')[0]).toMatchObject(found);
	await approver.sends(again.url, [['Approve']]);
	expect(await seesEnd(world, approver, again, 'Say that it was approved before')).toContain('Nothing was paid again');

	const refused = await upload();
	await world.waits(refused.id, 'Approve the run?');
	await approver.sends(refused.url, [['Refuse']]);
	expect(await seesEnd(world, approver, refused, 'Say that it was not approved')).toContain('Nothing was paid.');

	await world.sandbox.advance(86_400);
	expect(await paid()).toEqual(payments);
};
