import type { Behaviour, Position } from '../position';

const checks = (name: string, sentence: string, validateOnly: Behaviour['validateOnly'], node?: Position['node']): Position => ({
	name,
	api: 'fondo',
	axis: 'what validate-only does',
	sentence,
	node,
	hooks: { validateOnly },
});

export const validateOnly: readonly Position[] = [
	checks('validate-only-answers-valid', 'Fondo answers a check with `valid: true`.', 'valid', 'works'),
	checks(
		'validate-only-answers-invalid-in-200',
		'Fondo answers a failed check with 200, `valid: false` and errors.',
		'invalid in 200',
		'works',
	),
	checks('validate-only-answers-an-order', 'Fondo executes nothing, and answers a check with an ID and a status.', 'order with id'),
	checks('validate-only-executes', 'Fondo executes an order that it should only check, and answers with it.', 'executed'),
];
