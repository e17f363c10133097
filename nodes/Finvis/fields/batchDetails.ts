import { day } from '../../shared/fields/date';
import { text } from '../../shared/fields/text';

export const executionDate = day({ label: 'Execution Date', description: 'The day on which the bank shall pay', example: '2027-03-05' });
export const batchCurrency = text({
	label: 'Currency',
	description: 'Currency of the payments, as a three-letter code. SEK when left out.',
	example: 'SEK',
});
export const batchName = text({
	label: 'Name',
	description: 'Name of the batch, the reference when left out',
	example: 'Suppliers week 10',
});
