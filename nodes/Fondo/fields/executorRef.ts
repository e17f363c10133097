import { text } from '../../shared/fields/text';

export const executorRef = text({
	label: 'Executor Personal Number',
	description: 'Personal number of the person who orders this under power of attorney',
	example: '197001010003',
});
