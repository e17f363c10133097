import { idOnly } from '../../shared/fields/locator';

export const journey = idOnly({
	label: 'Journey',
	description: 'The journey, by the ID that its creation answered. Fondo has no list of journeys.',
	example: '2f1f6b1c-8e5d-4b7e-a0a4-4c1c9d3b7e55',
});
