/** Previews of what the nodes themselves say, where test/shared/everyOperation.test.ts sees only a part of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { misfits, previewsOf } from '../../tools/contracts/previews';
import { batch, byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';
import { pass, useServer } from '../support/server';

const payment = {
	amount: '100.50',
	creditorName: 'Leverantören AB',
	creditorAccountType: 'iban',
	creditorAccount: 'SE3550000000054910000003',
	message: 'Invoice 7',
	endToEndId: 'previewed-1',
};

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
const gateway = useServer();
let seed: Seeded;
let made: IDataObject;
beforeAll(async () => {
	seed = await seeded(bench);
	[made] = (await bench.finvis().run(batch(seed, { reference: 'previewed', payments: { rows: [payment] } }))).json;
});

const run = async (operation: string, parameters: object, items: IDataObject[] = [{}], resource = 'paymentBatch', settings = {}) => {
	const { json, error } = await bench
		.finvis(settings)
		.run({ resource, operation, parameters: parameters as INodeParameters }, items, { isLooped: operation === 'waitUntil' });
	expect(error?.message).toBeUndefined();
	return json;
};

/** A Finvis that calls a field by another name than the contract. */
function renaming(): string {
	gateway.token = async (call) => await pass(bench.sandbox.finvisUrl, call);
	gateway.answer = async (call) => {
		const reply = await pass(bench.sandbox.finvisUrl, call);
		return { ...reply, body: JSON.parse(String(reply?.body).replaceAll('"counterparty_name"', '"partner_name"')) as object };
	};
	return `${gateway.url}/public`;
}

const outputs: Record<string, () => Promise<IDataObject[]>> = {
	'paymentBatch.check': async () =>
		await run('check', {
			account: byId(seed.bankAccount),
			executionDate: '={{ $now.plus({ days: 3 }) }}',
			bankDay: 'next',
			reference: 'checked',
			...payment,
			creditorAccount: 'SE00',
		}),
	'paymentBatch.describeForApproval': async () =>
		await run('describeForApproval', {
			paymentBatch: byId(made.id),
			additionalFields: { payments: JSON.stringify([payment]) },
		}),
	'paymentBatch.waitUntil': async () => [
		...(await run('waitUntil', { paymentBatch: byId(made.id) })),
		...(await run('waitUntil', { paymentBatch: byId(made.id) }, [
			{ id: made.id, outcome: 'waiting', waitingSince: '2026-01-01T00:00:00Z' },
		])),
	],
	'system.checkSetup': async () => await run('checkSetup', {}, [{}], 'system'),
	'system.learnShapes': async () => await run('learnShapes', { outputField: 'data' }, [{}], 'system', { baseUrl: renaming() }),
};

const previews = previewsOf('Finvis');

test.each(Object.entries(outputs))('%s has the fields of its preview, and no others', async (at, itemsOf) => {
	const items = await itemsOf();
	for (const item of items) expect(misfits(previews.get(at), item)).toEqual([]);
	const given = new Set(items.flatMap((item) => Object.keys(item).filter((name) => item[name] !== null)));
	expect(Object.keys(previews.get(at)?.properties ?? {}).filter((name) => !given.has(name))).toEqual([]);
});

test('a value that is not as its preview says is found: another field, another type, at any depth, and an operation without a preview', () => {
	const preview = previews.get('report.getPositions');
	const position = { account_id: '1', company_id: '2', currency: 'SEK', booked_balance: '1', available_balance: '1' };
	const report = { as_of: '2026-03-03', currency: 'SEK', total: '1', positions: [position] };
	expect(misfits(preview, report)).toEqual([]);
	expect(misfits(preview, { ...report, total: null })).toEqual([]);
	expect(misfits(preview, { ...report, sum: '1' })).toEqual(['$.sum is in no preview']);
	expect(misfits(preview, { ...report, total: 1 })).toEqual(['$.total is of the type number, not string']);
	expect(misfits(preview, { ...report, positions: [position, { ...position, balance: 1 }] })).toEqual([
		'$.positions[1].balance is in no preview',
	]);
	expect(misfits(previews.get('report.getNothing'), report)).toEqual(['$ is in no preview']);
});
