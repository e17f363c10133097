import type { IDataObject } from 'n8n-workflow';
import type { Named } from '../shared/fields/field';
import { byPageNumber } from '../shared/http/pagination';
import { locator } from './contract';
import { isAlive, SUBMITTED } from './controls/batch';
import { accounts, batchText, companies } from './names';

const batches = {
	label: 'Payment Batch',
	example: '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e',
	paging: byPageNumber,
	names: [{ list: accounts }, { list: companies }],
	madeAt: ({ created_at: at }: IDataObject) => at,
	show: (batch: IDataObject, named: Named) => ({ name: batchText(batch, named), value: batch.id }),
};

/** What can be submitted. */
export const batchLocator = locator('GET /payments/batches/', {
	...batches,
	description: 'The payment batch that is not submitted yet, the newest first. Search by company, name, day or amount.',
	offers: (batch) => isAlive(batch) && !SUBMITTED.test(String(batch.status)),
});

export const anyBatchLocator = locator('GET /payments/batches/', {
	...batches,
	description: 'The payment batch, the newest first. Search by company, name, day, amount or status.',
	method: 'searchAnyPaymentBatch',
});
