import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId } from './support/samples';
import { useBench } from './support/sandbox';

const bench = useBench();

const attempt = async (resource: string, operation: string, parameters: IDataObject = {}) =>
	await bench.finvis().run({ resource, operation, parameters: parameters as INodeParameters });

async function run(...asked: Parameters<typeof attempt>) {
	const { error, json } = await attempt(...asked);
	expect(error && { message: error.message, description: error.description }).toBeUndefined();
	return json;
}
const outcomeOf = ({ receipt }: IDataObject) => (receipt as IDataObject).outcome;

const FINVIS_APPROVER = {
	clientId: 'finvis-approver',
	clientSecret: 'finvis-approver-secret',
	scopes: ['write:payments', 'read:payments'],
};

test('the ten minutes of docs/getting-started.md go as it says', async () => {
	// 3. The first read.
	const [positions] = await run('report', 'getPositions');
	expect(positions).toMatchObject({ total: expect.anything(), positions: expect.any(Array) });
	const accounts = await run('account', 'getMany');
	const account = accounts.find(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 1_000);

	// 4. The first payment.
	const payment = (amount: string) => ({
		account: byId(account?.id),
		executionDate: "={{ $now.setZone('Europe/Stockholm').plus({ days: 1 }).toISODate() }}",
		bankDay: 'next',
		reference: 'my-first-payment',
		payments: {
			rows: [{ amount, creditorName: 'Nordic Supplies AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' }],
		},
	});
	const [created] = await run('paymentBatch', 'create', payment('125.00'));
	expect(created.status).toBe('draft');
	expect(outcomeOf(created)).toBe('created');
	const submit = async () => (await run('paymentBatch', 'submit', { paymentBatch: byId(created.id) }))[0];
	await submit();
	const waiting = (await run('approval', 'getManyPending', { returnAll: true })).filter(({ object_id }) => object_id === created.id);
	expect(waiting).toHaveLength(1);
	const approver = bench.finvis(FINVIS_APPROVER);
	const parameters: INodeParameters = { approval: byId(waiting[0].id) };
	expect((await approver.run({ resource: 'approval', operation: 'approve', parameters })).error).toBeUndefined();
	const paid = () => bench.sandbox.admin.ledger('my-first-payment');
	for (let day = 0; day < 10 && paid().length === 0; day += 1) bench.sandbox.admin.clock.advance(24 * 3_600);
	expect(paid()).toHaveLength(1);

	// 5. Again.
	const [again] = await run('paymentBatch', 'create', payment('125.00'));
	expect(again.id).toBe(created.id);
	expect((await submit()).id).toBe(created.id);
	const changed = await attempt('paymentBatch', 'create', payment('200.00'));
	expect(changed.error?.message).toMatch(/my-first-payment/);
	expect(paid()).toHaveLength(1);
});
