import type { Resources } from '../../shared/resource';
import * as account from './account';
import * as agreement from './agreement';
import * as allocationPlan from './allocationPlan';
import * as cashTransaction from './cashTransaction';
import * as client from './client';
import * as custodian from './custodian';
import * as fundTransaction from './fundTransaction';
import * as instrument from './instrument';
import * as journey from './journey';
import * as order from './order';
import * as paymentInstruction from './paymentInstruction';
import * as system from './system';

export const resources: Resources = {
	account: { name: 'Investor Account', operations: account },
	agreement: { name: 'Agreement', operations: agreement },
	allocationPlan: { name: 'Allocation Plan', operations: allocationPlan },
	cashTransaction: { name: 'Cash Transaction', operations: cashTransaction },
	client: { name: 'Client', operations: client },
	custodian: { name: 'Custodian', operations: custodian },
	fundTransaction: { name: 'Fund Transaction', operations: fundTransaction },
	instrument: { name: 'Instrument', operations: instrument },
	journey: { name: 'Journey', operations: journey },
	order: { name: 'Order', operations: order },
	paymentInstruction: { name: 'Payment Instruction', operations: paymentInstruction },
	system: { name: 'System', operations: system },
};
