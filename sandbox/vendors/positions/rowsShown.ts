import { DAY, MINUTE, SECOND } from '../durations';
import type { Api, Behaviour, Position } from '../position';

const from = (api: Api, name: string, sentence: string, shownFrom: Behaviour['shownFrom']): Position => ({
	name,
	api,
	axis: 'when a row shows',
	sentence,
	node: 'works',
	hooks: { shownFrom },
});

const until = (api: Api, name: string, sentence: string, shownUntil: Behaviour['shownUntil']): Position => ({
	name,
	api,
	axis: 'what a list leaves out',
	sentence,
	node: 'works',
	hooks: { shownUntil },
});

const late =
	(delay: number): Behaviour['shownFrom'] =>
	(life) =>
		life.createdAt + delay;

export const rowsShown: readonly Position[] = [
	from('fondo', 'fondo-rows-8-seconds-late', 'A row shows in the lists of Fondo eight seconds after it is made.', late(8 * SECOND)),
	from('fondo', 'fondo-rows-11-minutes-late', 'A row shows in the lists of Fondo eleven minutes after it is made.', late(11 * MINUTE)),
	from('fondo', 'fondo-rows-3-days-late', 'A row shows in the lists of Fondo three days after it is made.', late(3 * DAY)),
	from('fondo', 'fondo-rows-once-executed', 'A row shows in the lists of Fondo once it is executed.', (life) => life.executedAt),
	from('fondo', 'payouts-listed-late', 'A payout shows as a cash transaction once the bank has executed it.', (life) =>
		life.kind === 'payout' ? life.executedAt : life.createdAt,
	),
	from('fondo', 'payouts-never-listed', 'A payout never shows in the list of cash transactions.', (life) =>
		life.kind === 'payout' ? Infinity : life.createdAt,
	),
	until(
		'fondo',
		'fondo-lists-without-old',
		'The lists of Fondo leave out what is older than 30 days.',
		(life) => life.createdAt + 30 * DAY,
	),
	until('fondo', 'fondo-lists-without-finished', 'The lists of Fondo leave out what is settled or cancelled.', (life) => life.finishedAt),
	from('finvis', 'finvis-rows-8-seconds-late', 'A batch shows in the list of Finvis eight seconds after it is made.', late(8 * SECOND)),
	from('finvis', 'finvis-rows-11-minutes-late', 'A batch shows in the list of Finvis eleven minutes after it is made.', late(11 * MINUTE)),
	from('finvis', 'finvis-rows-3-days-late', 'A batch shows in the list of Finvis three days after it is made.', late(3 * DAY)),
	from('finvis', 'finvis-rows-once-executed', 'A batch shows in the list of Finvis once it is executed.', (life) => life.executedAt),
	until(
		'finvis',
		'finvis-lists-without-old',
		'The list of Finvis leaves out batches older than 30 days.',
		(life) => life.createdAt + 30 * DAY,
	),
	until('finvis', 'finvis-lists-without-finished', 'The list of Finvis leaves out batches that are finished.', (life) => life.finishedAt),
];
