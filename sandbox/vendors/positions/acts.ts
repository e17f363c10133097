import type { Api, Behaviour, Position } from '../position';

const again = (api: Api, name: string, sentence: string, actAgain: Behaviour['actAgain']): Position => ({
	name,
	api,
	axis: 'an act that is already done',
	sentence,
	node: 'works',
	hooks: { actAgain },
});

const forbidden = (api: Api, vendor: string, node?: Position['node']): Position => ({
	name: `${api}-lists-forbidden`,
	api,
	axis: 'who may read lists',
	sentence: `${vendor} answers lists with 403, because the client may only write.`,
	node,
	hooks: { listsForbidden: true },
});

export const acts: readonly Position[] = [
	again('fondo', 'cancelled-again-409', 'Fondo answers 409 to the second cancellation of an order.', 409),
	again('fondo', 'cancelled-again-answers-state', 'Fondo answers the second cancellation of an order with the order.', 'state'),
	again('finvis', 'acts-again-answer-state', 'Finvis answers a second submit, approval or confirmation with the object.', 'state'),
	again('finvis', 'acts-again-400', 'Finvis answers 400 to a second submit, approval or confirmation.', 400),
	again(
		'finvis',
		'acts-again-executed',
		'Finvis executes a second submit, approval or confirmation: a batch submitted twice pays twice.',
		'executed',
	),
	forbidden('fondo', 'Fondo'),
	forbidden('finvis', 'Finvis', 'works'),
];
