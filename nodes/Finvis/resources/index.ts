import type { Resources } from '../../shared/resource';
import * as account from './account';
import * as approval from './approval';
import * as company from './company';
import * as koncern from './koncern';
import * as paymentBatch from './paymentBatch';
import * as reconciliation from './reconciliation';
import * as report from './report';
import * as system from './system';
import * as transaction from './transaction';
import * as webhook from './webhook';

export const resources: Resources = {
	account: { name: 'Bank Account', operations: account },
	approval: { name: 'Approval', operations: approval },
	company: { name: 'Company', operations: company },
	koncern: { name: 'Corporate Group (Koncern)', operations: koncern },
	paymentBatch: { name: 'Payment Batch', operations: paymentBatch },
	reconciliation: { name: 'Reconciliation Match', operations: reconciliation },
	report: { name: 'Report', operations: report },
	system: { name: 'System', operations: system },
	transaction: { name: 'Transaction', operations: transaction },
	webhook: { name: 'Webhook', operations: webhook },
};
