import type { Resources } from '../../shared/resource';
import { account } from './account';
import { approval } from './approval';
import { company } from './company';
import { koncern } from './koncern';
import { paymentBatch } from './paymentBatch';
import { reconciliation } from './reconciliation';
import { report } from './report';
import { system } from './system';
import { transaction } from './transaction';
import { webhook } from './webhook';

export const resources: Resources = {
	account,
	approval,
	company,
	koncern,
	paymentBatch,
	reconciliation,
	report,
	system,
	transaction,
	webhook,
};
