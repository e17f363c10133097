import type { INodeParameters } from 'n8n-workflow';
import { byId } from '../../test/support/samples';
import type { Job } from './messages';
import type { readerOf } from './reader';

export const FONDO_OPERATIONS = ['order create', 'redeem and pay out', 'account pay out', 'payment instruction create'] as const;
export const FINVIS_OPERATIONS = ['batch create', 'batch create from items', 'batch submit', 'approve'] as const;
export const OPERATIONS = [...FINVIS_OPERATIONS, ...FONDO_OPERATIONS];
export type OperationName = (typeof OPERATIONS)[number];

/** The item of which a payment is made, for all operations alike. */
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

export interface Facts {
	readonly savers: readonly Saver[];
	readonly instrument: string;
	readonly payer: string;
	readonly executionDate: string;
}

interface Account {
	id: string;
	status: string;
	owner: { ssn: string };
	bankAccounts: Array<{ id: string }>;
	positions: Array<{ instrument: string; units: number }>;
}

const DAY_MS = 86_400_000;
/** Holidays of Swedish banks that may be a Wednesday. */
const HOLIDAYS = ['01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31'];

/** A Wednesday far enough ahead for the days that are left out. */
function bankDay(): string {
	for (let time = Date.now() + 150 * DAY_MS; ; time += DAY_MS) {
		const day = new Date(time);
		const text = day.toISOString().slice(0, 10);
		if (day.getUTCDay() === 3 && !HOLIDAYS.includes(text.slice(5))) return text;
	}
}

/** Who can pay, out of what the sandbox was seeded with. */
export async function factsOf(read: ReturnType<typeof readerOf>): Promise<Facts> {
	const instruments = await read.fondo('/instrument');
	const isFor = (name: 'isBuyable' | 'isSellable') => (id: string) => instruments.find((one) => one.id === id)?.[name] === true;
	const savers: Saver[] = [];
	for (const client of await read.fondo('/client')) {
		const accounts = (await read.fondo(`/client/${client.id}/account`)) as unknown as Account[];
		for (const { id, status, owner, bankAccounts, positions } of accounts) {
			const fund = positions.find(({ instrument, units }) => units > 50 && isFor('isSellable')(instrument))?.instrument;
			if (status !== 'active' || fund === undefined) continue;
			savers.push({ client: client.id, account: id, bankAccount: bankAccounts[0].id, person: owner.ssn, fund });
		}
	}
	const payer = (await read.finvis('/accounts/'))
		.filter(({ currency }) => currency === 'SEK')
		.sort((a, b) => Number(b.available_balance) - Number(a.available_balance))[0];
	const instrument = String(instruments.find(({ id, currency }) => currency === 'SEK' && isFor('isBuyable')(id))?.id);
	return { savers, instrument, payer: payer.id, executionDate: bankDay() };
}

/** What an item of an operation says of its payment, of the saver who pays it and an amount below ten. */
export const itemOf = (reference: string, { client: _, ...saver }: Saver, amount: number): Item => ({
	reference,
	...saver,
	amount: (100 + amount).toFixed(2),
	units: (0.001 + amount / 1_000).toFixed(4),
});

const value = (name: string) => `={{ $json.${name} }}`;
const payment = {
	amount: value('amount'),
	creditorName: 'Leverantören AB',
	creditorAccountType: 'iban',
	creditorAccount: 'SE3550000000054910000003',
};

/** The node of each operation, its values read from the items. */
export function nodeOf(
	operation: OperationName,
	client: string,
	{ instrument, payer, executionDate }: Facts,
): Pick<Job, 'node'> & { resource: string; operation: string; parameters: INodeParameters } {
	const ofFondo = { client: byId(client), account: byId(value('account')), reference: value('reference') };
	const batch = { account: byId(payer), executionDate, reference: value('reference') };
	switch (operation) {
		case 'order create':
			return {
				node: 'fondo',
				resource: 'order',
				operation: 'create',
				parameters: { ...ofFondo, orderType: 'subscription', instrument: byId(instrument), amount: value('amount') },
			};
		case 'redeem and pay out':
			return {
				node: 'fondo',
				resource: 'order',
				operation: 'redeemAndPayOut',
				parameters: {
					...ofFondo,
					instrument: byId(value('fund')),
					units: value('units'),
					bankAccount: byId(value('bankAccount')),
					executorRef: value('person'),
				},
			};
		case 'account pay out':
			return {
				node: 'fondo',
				resource: 'account',
				operation: 'payOut',
				parameters: { ...ofFondo, amount: value('amount'), executorRef: value('person') },
			};
		case 'payment instruction create':
			return {
				node: 'fondo',
				resource: 'paymentInstruction',
				operation: 'create',
				parameters: {
					client: ofFondo.client,
					reference: ofFondo.reference,
					payments: { rows: [{ account: value('account'), amount: value('amount') }] },
				},
			};
		case 'batch create':
			return { node: 'finvis', resource: 'paymentBatch', operation: 'create', parameters: { ...batch, payments: { rows: [payment] } } };
		case 'batch create from items':
			return {
				node: 'finvis',
				resource: 'paymentBatch',
				operation: 'createFromItems',
				parameters: { ...batch, ...payment, reference: value('batch') },
			};
		case 'batch submit':
			return { node: 'finvis', resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(value('id')) } };
		case 'approve':
			return { node: 'finvis', resource: 'approval', operation: 'approve', parameters: { approval: byId(value('id')) } };
	}
}
