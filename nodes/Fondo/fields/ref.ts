import { text } from '../../shared/fields/text';

export const ref = text({
	label: 'Cause',
	description: 'Only transactions caused by the object with this identifier, e.g. an order',
	example: 'de9b6d5e-bda0-44f6-9193-f241014f18d5',
});

export const refType = text({
	label: 'Cause Type',
	description: 'Only transactions with this kind of cause, e.g. order, payment or internal',
	example: 'order',
});
