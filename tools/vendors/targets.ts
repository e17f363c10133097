/** What the operations need of the sandbox's seed, and objects to act on, made by a caller that is not the nodes. */
import type { Sandbox } from '../../sandbox';
import type { Api } from '../../sandbox/vendors/position';
import { FinvisClient, FondoClient, type Row } from '../harness/apiClient';

/** Values of fields by their names. */
export type Values = Readonly<Record<string, unknown>>;

export interface Targets {
	readonly common: Values;
	/** For each act, one object for each time. */
	readonly acts: Readonly<Record<string, readonly Values[]>>;
}

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function fondoTargets({ fondoUrl, admin }: Sandbox, times: number): Promise<Targets> {
	const fondo = new FondoClient(fondoUrl);
	const [client] = await fondo.read<Row[]>('/client');
	const root = `/client/${client.id}`;
	const accounts = await fondo.read<Array<Row & { owner: { ssn: string }; positions: Row[]; bankAccounts: Row[] }>>(`${root}/account`);
	const instruments = await fondo.read<Row[]>('/instrument');
	const isSold = (id: unknown) => instruments.some((one) => one.id === id && one.currency === 'SEK' && one.isSellable && one.isBuyable);
	const plans = await fondo.read<Row[]>(`${root}/allocationplan`);
	const heldBy = ({ positions }: { positions: Row[] }) =>
		positions.find(({ instrument, units }) => Number(units) > 5 && isSold(instrument))?.instrument;
	const account = accounts.find((one) => one.status === 'active' && heldBy(one) && plans.some((plan) => plan.account === one.id));
	const empty = accounts.filter(({ balance, positions }) => balance === 0 && positions.length === 0);
	if (account === undefined) throw new Error('The seed of Fondo has no account that fits.');
	admin.deposits({ accountId: account.id, amount: 1_000_000 });
	const instrument = heldBy(account);
	const order = async (clientRef: string) =>
		(await fondo.send('POST', `${root}/order`, { orderType: 'subscription', account: account.id, clientRef, instrument, amount: 300 })).id;
	const orders: string[] = [];
	for (let time = 0; time <= times; time += 1) orders.push(await order(`target-${time}`));
	const { id: paymentInstruction } = await fondo.send('POST', `${root}/instruction/payment`, {
		type: 'autogiro',
		payments: [1, 2, 3, 4, 5].map((number) => ({ account: account.id, amount: 100 + number, clientRef: `target-payment-${number}` })),
	});
	const journey = { journey: { type: 'createAccount', accountName: 'Spar' }, callbackUrl: 'http://127.0.0.1:9/', scope: null };
	const { id: journeyId } = await fondo.send('POST', `${root}/journey`, journey);
	const [cash] = await fondo.read<Row[]>(`${root}/transaction/cash?limit=1`);
	const [fund] = await fondo.read<Row[]>(`${root}/transaction/fund?limit=1`);
	return {
		common: {
			client: client.id,
			account: account.id,
			instrument,
			order: orders[0],
			bankAccount: account.bankAccounts[0].id,
			executorRef: account.owner.ssn,
			units: '1',
			allocationPlan: plans.find((plan) => plan.account === account.id)?.id,
			cashTransaction: cash.id,
			fundTransaction: fund.id,
			paymentInstruction,
			journey: journeyId,
		},
		acts: {
			'order.cancel': orders.slice(1).map((one) => ({ order: one })),
			'account.close': empty.map(({ id }) => ({ account: id })),
		},
	};
}

async function finvisTargets({ finvisUrl }: Sandbox, times: number): Promise<Targets> {
	const finvis = new FinvisClient(finvisUrl);
	const [account] = (await finvis.list('/accounts/'))
		.filter(({ currency }) => currency === 'SEK')
		.sort((a, b) => Number(b.available_balance) - Number(a.available_balance));
	const batches: string[] = [];
	for (let number = 0; number < 2 * times; number += 1) {
		const payment = {
			amount: '100.10',
			creditor_name: 'Leverantören AB',
			creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
			end_to_end_id: `target-${number}`,
		};
		const body = { name: `Target ${number}`, account_id: account.id, execution_date: dayAfter(0), payments: [payment] };
		batches.push((await finvis.send('POST', '/payments/batches/', body)).id);
	}
	for (const id of batches.slice(0, times)) await finvis.send('POST', `/payments/batches/${id}/submit`);
	const approvals = (await finvis.list('/approvals/pending')).filter(({ object_id }) => batches.includes(String(object_id)));
	const matches = (await finvis.list('/reconciliation/matches')).filter(({ status }) => status === 'suggested');
	const webhooks: string[] = [];
	for (let number = 0; number <= times; number += 1) {
		const hook = { url: `https://example.com/hook-${number}`, events: ['transaction.created'] };
		webhooks.push((await finvis.send('POST', '/webhooks/', hook)).id);
	}
	return {
		common: { account: account.id, paymentBatch: batches[0], webhook: webhooks[0], url: 'https://example.com/hook' },
		acts: {
			'paymentBatch.submit': batches.slice(times).map((paymentBatch) => ({ paymentBatch })),
			'approval.approve': approvals.map(({ id }) => ({ approval: id })),
			'reconciliation.confirm': matches.map(({ id }) => ({ match: id })),
			'webhook.delete': webhooks.slice(1).map((webhook) => ({ webhook })),
		},
	};
}

/** To be called on a sandbox without positions. */
export const makeTargets = async (api: Api, sandbox: Sandbox, times: number): Promise<Targets> =>
	api === 'fondo' ? await fondoTargets(sandbox, times) : await finvisTargets(sandbox, times);

export const SCOPES: Readonly<Record<Api, object>> = {
	fondo: {},
	finvis: {
		scopes: ['admin:public_api', 'read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'],
	},
};

/** The address of a list, with the known values in its path. */
export function pathOf(route: string, known: Values): string {
	const names: Readonly<Record<string, string>> = { instruction_id: 'paymentInstruction' };
	return route.split(' ')[1].replace(/\{(\w+?)(_id)?\}/g, (_, name: string, id = '') => String(known[names[name + id] ?? name]));
}
