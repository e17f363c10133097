import type { components } from '../../contracts/finvis';

type Schemas = components['schemas'];
/** Removes the index signature of the contract's objects, so that a misspelt field does not compile. */
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

/** One payment of a batch. The contract's responses do not contain payments. */
export interface Payment {
	id: string;
	batchId: string;
	amount: string;
	creditorName: string;
	creditorAccount: { type: string; value: string };
	reference: string | null;
	endToEndId: string;
	/** Idempotency-Key of the request that created the batch. */
	idempotencyKey?: string;
}

export interface FinvisEvent {
	tenantId: string;
	event: string;
	/** The object that has changed. */
	id: string;
	data: object;
}
