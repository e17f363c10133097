import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Bench } from './sandbox';

/** A resource locator as the editor stores it when an ID was typed. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;

export interface Seeded {
	client: string;
	/** Active, with cash. */
	accounts: string[];
	instrument: string;
	bankAccount: string;
	secondBankAccount: string;
}

/** IDs out of the sandbox's seeded data, read through the nodes as a user would. */
export async function seeded(bench: Bench): Promise<Seeded> {
	const fondo = bench.fondo();
	const [first] = (await fondo.run({ resource: 'client', operation: 'getMany' })).json;
	const client = String(first.id);
	const { json } = await fondo.run({ resource: 'account', operation: 'getMany', parameters: { client: byId(client), returnAll: true } });
	const accounts = json.filter(({ status, balance }) => status === 'active' && Number(balance) > 2_000).map(({ id }) => String(id));
	const [bankAccount, secondBankAccount] = (await bench.finvis().run({ resource: 'account', operation: 'getMany' })).json
		.filter(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000)
		.map(({ id }) => String(id));
	const instruments = (await fondo.run({ resource: 'instrument', operation: 'getMany', parameters: { returnAll: true } })).json;
	const instrument = String(instruments.find(({ isBuyable, currency }) => isBuyable && currency === 'SEK')?.id);
	return { client, accounts, instrument, bankAccount, secondBankAccount };
}

/** Parameters of a subscription; values may be expressions on the item. */
export const subscription = ({ client, accounts: [account], instrument }: Seeded, changed: IDataObject = {}) => ({
	resource: 'order',
	operation: 'create',
	parameters: {
		client: byId(client),
		account: byId(account),
		orderType: 'subscription',
		instrument: byId(instrument),
		amount: 500,
		reference: '={{ $json.reference }}',
		...changed,
	} as INodeParameters,
});

/** Parameters of a batch of one payment; values may be expressions on the item. */
export const batch = ({ bankAccount }: Seeded, changed: IDataObject = {}) => ({
	resource: 'paymentBatch',
	operation: 'create',
	parameters: {
		account: byId(bankAccount),
		executionDate: '={{ $now.plus({ days: 2 }) }}',
		bankDay: 'next',
		reference: '={{ $json.reference }}',
		payments: {
			rows: [
				{ amount: '100.50', creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' },
			],
		},
		...changed,
	} as INodeParameters,
});
