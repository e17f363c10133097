import type { components } from '../../contracts/fondo';

type Schemas = components['schemas'];
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;

/** The contract's objects. The sandbox always fills the fields that these types require. */
export type Client = With<Schemas['Client'], 'id' | 'sortedId' | 'createdDate' | 'modifiedDate'>;
export type Position = Required<Schemas['Position']>;
export type Account = With<
	Omit<Schemas['Account'], 'positions'>,
	| 'id'
	| 'sortedId'
	| 'ref'
	| 'status'
	| 'owner'
	| 'balance'
	| 'amounts'
	| 'clientId'
	| 'bankAccounts'
	| 'currency'
	| 'createdDate'
	| 'modifiedDate'
> & { positions: Position[] };
export type Instrument = Required<Schemas['Instrument']>;
export type Order = With<Schemas['Order'], 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'>;
export type CashTransaction = With<Schemas['CashTransaction'], 'id' | 'sortedId' | 'createdDate' | 'modifiedDate'>;
export type FundTransaction = With<Schemas['FundTransaction'], 'id' | 'sortedId' | 'createdDate' | 'modifiedDate'>;
export type AllocationPlan = Schemas['AllocationPlan'];
export type Journey = With<Schemas['Journey'], 'id' | 'sortedId' | 'clientId' | 'status' | 'expiryDate' | 'createdDate' | 'modifiedDate'>;
export type Custodian = Schemas['Custodian'];
export type Payment = Required<Schemas['Payment']>;
export type PaymentInstruction = With<Schemas['PaymentInstruction'], 'id' | 'instructions' | 'status'>;

export interface InstructionRecord {
	id: string;
	clientId: string;
	instruction: PaymentInstruction;
	payments: Payment[];
	/** In milliseconds; `completedAt` is Infinity until then. */
	createdAt: number;
	completedAt: number;
}
