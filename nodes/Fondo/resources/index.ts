import type { Resources } from '../../shared/resource';
import * as account from './account';
import * as agreement from './agreement';
import * as client from './client';
import * as instrument from './instrument';
import * as order from './order';

export const resources: Resources = {
	account: { name: 'Investor Account', operations: account },
	agreement: { name: 'Agreement', operations: agreement },
	client: { name: 'Client', operations: client },
	instrument: { name: 'Instrument', operations: instrument },
	order: { name: 'Order', operations: order },
};
