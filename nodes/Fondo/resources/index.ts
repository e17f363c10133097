import type { Resources } from '../../shared/resource';
import { account } from './account';
import { agreement } from './agreement';
import { allocationPlan } from './allocationPlan';
import { cashTransaction } from './cashTransaction';
import { client } from './client';
import { custodian } from './custodian';
import { fundTransaction } from './fundTransaction';
import { instrument } from './instrument';
import { journey } from './journey';
import { order } from './order';
import { paymentInstruction } from './paymentInstruction';
import { system } from './system';

export const resources: Resources = {
	account,
	agreement,
	allocationPlan,
	cashTransaction,
	client,
	custodian,
	fundTransaction,
	instrument,
	journey,
	order,
	paymentInstruction,
	system,
};
