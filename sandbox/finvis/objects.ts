import type { components } from '../../contracts/finvis';

type Schemas = components['schemas'];
/** `Exact` drops the open index of the contract, so that misspelt fields do not compile. */
type Exact<T> = { [K in keyof T as string extends K ? never : K]: T[K] };
type Filled<T> = Required<Exact<T>>;

export type Koncern = Filled<Schemas['Koncern']>;
export type Company = Filled<Schemas['Company']>;
export type Account = Omit<Filled<Schemas['Account']>, 'booked_balance' | 'available_balance'> & {
	booked_balance: string;
	available_balance: string;
};
export type Transaction = Omit<Filled<Schemas['Transaction']>, 'amount'> & { amount: string };
export type PaymentBatch = Omit<Filled<Schemas['PaymentBatch']>, 'total_amount'> & { total_amount: string };
export type Approval = Omit<Filled<Schemas['Approval']>, 'amount'> & { amount: string };
export type Match = Filled<Schemas['ReconciliationMatch']>;
export type Webhook = Filled<Schemas['Webhook']>;
export type PaymentBatchCreate = Schemas['PaymentBatchCreate'];

/** One payment of a batch; the contract shows none in its answers. */
export interface Payment {
	id: string;
	batchId: string;
	amount: string;
	creditorName: string;
	creditorAccount: { type: string; value: string };
	reference: string | null;
	endToEndId: string;
	/** The key under which the batch was created. */
	idempotencyKey?: string;
}

export interface FinvisEvent {
	tenantId: string;
	event: string;
	data: object;
}
