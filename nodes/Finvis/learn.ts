import shapes from '../../contracts/finvis.shapes.json';
import { learned } from '../shared/diagnostics/learn';

export const learnFinvis = learned({
	shapes,
	mostCalls: 20,
	needs: {
		name: { effect: 'works', explanation: 'The nodes do not find a payment batch by its name. After a lost answer they say unknown.' },
		total_amount: { effect: 'refuses', explanation: 'Limits and totals of payment batches are refused, because they cannot be checked.' },
		execution_date: { effect: 'refuses', explanation: 'Limit per Day is refused, because it cannot be checked.' },
	},
});
