import type { INodeParameters } from 'n8n-workflow';
import type { FinvisClient, FondoClient } from '../harness/apiClient';
import { byId } from '../harness/n8n/workflow';
import type { Job } from './messages';

export const FONDO_OPERATIONS = ['order create', 'redeem and pay out', 'account pay out', 'payment instruction create'] as const;
const FINVIS_OPERATIONS = ['batch create', 'batch create from items', 'batch submit', 'approve'] as const;
export const OPERATIONS = [...FINVIS_OPERATIONS, ...FONDO_OPERATIONS];
export type OperationName = (typeof OPERATIONS)[number];

/** The input item of a payment, the same for all operations. */
export interface Item {
	[name: string]: string | number;
	reference: string;
}

/** An investor account that can pay. */
export interface Saver {
	readonly client: string;
	readonly account: string;
	readonly bankAccount: string;
	readonly person: string;
	readonly fund: string;
}

/** What the sandbox was seeded with and the plan needs. */
export interface SeedData {
	readonly savers: readonly Saver[];
	readonly instrument: string;
	readonly payer: string;
	readonly executionDate: string;
}

interface Instrument {
	readonly id: string;
	readonly currency: string;
	readonly isBuyable: boolean;
	readonly isSellable: boolean;
}

interface InvestorAccount {
	readonly id: string;
	readonly status: string;
	readonly owner: { readonly ssn: string };
	readonly bankAccounts: ReadonlyArray<{ readonly id: string }>;
	readonly positions: ReadonlyArray<{ readonly instrument: string; readonly units: number }>;
}

interface BankAccount {
	readonly id: string;
	readonly currency: string;
	readonly available_balance: string;
}

const DAY_MS = 86_400_000;
/** Swedish bank holidays that can be a Wednesday. */
const HOLIDAYS = ['01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31'];

/** A Wednesday that is later than every day that the run skips to. */
function bankDay(): string {
	for (let time = Date.now() + 150 * DAY_MS; ; time += DAY_MS) {
		const day = new Date(time);
		const text = day.toISOString().slice(0, 10);
		if (day.getUTCDay() === 3 && !HOLIDAYS.includes(text.slice(5))) return text;
	}
}

export async function readSeedData({ fondo, finvis }: { fondo: FondoClient; finvis: FinvisClient }): Promise<SeedData> {
	const instruments = await fondo.read<Instrument[]>('/instrument');
	const isSellable = (id: string) => instruments.some((one) => one.id === id && one.isSellable);
	const savers: Saver[] = [];
	for (const client of await fondo.read<Array<{ id: string }>>('/client')) {
		for (const account of await fondo.read<InvestorAccount[]>(`/client/${client.id}/account`)) {
			const { id, status, owner, bankAccounts, positions } = account;
			const fund = positions.find(({ instrument, units }) => units > 50 && isSellable(instrument))?.instrument;
			if (status !== 'active' || fund === undefined) continue;
			savers.push({ client: client.id, account: id, bankAccount: bankAccounts[0].id, person: owner.ssn, fund });
		}
	}
	const [payer] = (await finvis.list<BankAccount>('/accounts/'))
		.filter(({ currency }) => currency === 'SEK')
		.sort((a, b) => Number(b.available_balance) - Number(a.available_balance));
	const instrument = instruments.find(({ currency, isBuyable }) => currency === 'SEK' && isBuyable)?.id ?? '';
	return { savers, instrument, payer: payer.id, executionDate: bankDay() };
}

/** The input item of a payment by this saver. `amount` is below ten. */
export const itemOf = (reference: string, { client: _, ...saver }: Saver, amount: number): Item => ({
	reference,
	...saver,
	amount: (100 + amount).toFixed(2),
	units: (0.001 + amount / 1_000).toFixed(4),
});

const fromItem = (name: string) => `={{ $json.${name} }}`;
const payment = {
	amount: fromItem('amount'),
	creditorName: 'Leverantören AB',
	creditorAccountType: 'iban',
	creditorAccount: 'SE3550000000054910000003',
};

/** The node of an operation; it reads its values from the items. */
export function nodeOf(
	operation: OperationName,
	client: string,
	{ instrument, payer, executionDate }: SeedData,
): Pick<Job, 'node'> & { resource: string; operation: string; parameters: INodeParameters } {
	const ofFondo = { client: byId(client), account: byId(fromItem('account')), reference: fromItem('reference') };
	const batch = { account: byId(payer), executionDate, reference: fromItem('reference') };
	switch (operation) {
		case 'order create':
			return {
				node: 'fondo',
				resource: 'order',
				operation: 'create',
				parameters: { ...ofFondo, orderType: 'subscription', instrument: byId(instrument), amount: fromItem('amount') },
			};
		case 'redeem and pay out':
			return {
				node: 'fondo',
				resource: 'order',
				operation: 'redeemAndPayOut',
				parameters: {
					...ofFondo,
					instrument: byId(fromItem('fund')),
					units: fromItem('units'),
					bankAccount: byId(fromItem('bankAccount')),
					executorRef: fromItem('person'),
				},
			};
		case 'account pay out':
			return {
				node: 'fondo',
				resource: 'account',
				operation: 'payOut',
				parameters: { ...ofFondo, amount: fromItem('amount'), executorRef: fromItem('person') },
			};
		case 'payment instruction create':
			return {
				node: 'fondo',
				resource: 'paymentInstruction',
				operation: 'create',
				parameters: {
					client: ofFondo.client,
					reference: ofFondo.reference,
					payments: { rows: [{ account: fromItem('account'), amount: fromItem('amount') }] },
				},
			};
		case 'batch create':
			return { node: 'finvis', resource: 'paymentBatch', operation: 'create', parameters: { ...batch, payments: { rows: [payment] } } };
		case 'batch create from items':
			return {
				node: 'finvis',
				resource: 'paymentBatch',
				operation: 'createFromItems',
				parameters: { ...batch, ...payment, reference: fromItem('batch') },
			};
		case 'batch submit':
			return { node: 'finvis', resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(fromItem('id')) } };
		case 'approve':
			return { node: 'finvis', resource: 'approval', operation: 'approve', parameters: { approval: byId(fromItem('id')) } };
	}
}
