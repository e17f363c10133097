import type { Simple } from '../../shared/output/shape';

export const account: Simple = {
	id: 'id',
	ref: 'ref',
	name: 'name',
	status: 'status',
	accountType: 'accountType',
	owner: 'owner.fullName',
	balance: 'balance',
	currency: 'currency',
	createdDate: 'createdDate',
};
export const instrument: Simple = {
	id: 'id',
	isin: 'isincode',
	name: 'name',
	currency: 'currency',
	closePrice: 'closePrice',
	priceDate: 'priceDate',
	isBuyable: 'isBuyable',
	isSellable: 'isSellable',
};
export const journey: Simple = {
	id: 'id',
	status: 'status',
	url: 'url',
	expiryDate: 'expiryDate',
	accountName: 'journey.accountName',
	errorCode: 'errorCode',
	result: 'result',
	createdDate: 'createdDate',
};
export const order: Simple = {
	id: 'id',
	clientRef: 'clientRef',
	status: 'status',
	orderType: 'orderType',
	account: 'account',
	instrument: 'instrument',
	amount: 'amount',
	units: 'units',
	createdDate: 'createdDate',
	modifiedDate: 'modifiedDate',
};
export const cashTransaction: Simple = {
	id: 'id',
	transactionType: 'transactionType',
	amount: 'amount',
	currency: 'currency',
	clientRef: 'clientRef',
	ref: 'ref',
	refType: 'refType',
	aborted: 'aborted',
	createdDate: 'createdDate',
	settlementDate: 'settlementDate',
};
export const fundTransaction: Simple = {
	id: 'id',
	transactionType: 'transactionType',
	account: 'account',
	instrument: 'instrument',
	units: 'units',
	price: 'price',
	clientRef: 'clientRef',
	aborted: 'aborted',
	tradeDate: 'tradeDate',
	settlementDate: 'settlementDate',
};
