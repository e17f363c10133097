import { HOUR } from '../durations';
import type { Behaviour, Position } from '../position';

const named = (name: string, sentence: string, showName: Behaviour['showName']): Position => ({
	name,
	api: 'finvis',
	axis: 'how the name of a batch is shown',
	sentence,
	node: 'works',
	hooks: { showName },
});

export const batchNames: readonly Position[] = [
	named('names-cut-20', 'Finvis keeps the first 20 characters of a batch name.', (name) => name.slice(0, 20)),
	named('names-cut-35', 'Finvis keeps the first 35 characters of a batch name.', (name) => name.slice(0, 35)),
	named('names-trimmed', 'Finvis removes spaces at the ends of a batch name and repeated spaces in it.', (name) =>
		name.trim().replace(/ +/g, ' '),
	),
	named('names-upper-case', 'Finvis shows batch names in upper case.', (name) => name.toUpperCase()),
	named('names-lower-case', 'Finvis shows batch names in lower case.', (name) => name.toLowerCase()),
	named(
		'names-plain-letters',
		'Finvis keeps letters, digits, spaces and hyphens of a batch name, and drops all other characters.',
		(name) => name.replace(/[^\p{L}\p{N} -]/gu, ''),
	),
	named('names-changed', 'Finvis adds " (copy)" to every batch name.', (name) => `${name} (copy)`),
	named('names-dropped', 'Finvis keeps no name of a batch.', () => undefined),
	named('names-changed-by-a-person', 'One hour after a batch is made, a person gives it another name.', (name, life, now) =>
		now >= life.createdAt + HOUR ? 'Renamed by Anna' : name,
	),
	{
		name: 'drafts-planted-by-others',
		api: 'finvis',
		axis: 'what other people do',
		sentence: 'Another person makes a draft with our name and other payees just before ours.',
		node: 'refuses',
		hooks: { plantsDrafts: true },
	},
];
