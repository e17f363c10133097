import { personalNumber } from '../../shared/swedish/personalNumber';
import { withCheck } from '../../shared/fields/field';
import { text } from '../../shared/fields/text';

export const executorRef = withCheck(
	personalNumber,
	text({
		label: 'Executor Personal Number',
		description: 'Personal number of the person who orders this under power of attorney',
		example: '191212121212',
	}),
);
