import type { Resources } from '../../shared/resource';
import * as account from './account';
import * as approval from './approval';
import * as paymentBatch from './paymentBatch';
import * as report from './report';

export const resources: Resources = {
	account: { name: 'Bank Account', operations: account },
	approval: { name: 'Approval', operations: approval },
	paymentBatch: { name: 'Payment Batch', operations: paymentBatch },
	report: { name: 'Report', operations: report },
};
