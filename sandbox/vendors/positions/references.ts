import type { Behaviour, Position } from '../position';

const shown = (name: string, sentence: string, showReference: Behaviour['showReference']): Position => ({
	name,
	api: 'fondo',
	axis: 'how a reference is shown',
	sentence,
	node: 'works',
	hooks: { showReference },
});

const usedAgain = (name: string, sentence: string, usedReference: Behaviour['usedReference']): Position => ({
	name,
	api: 'fondo',
	axis: 'a reference that is used again',
	sentence,
	node: 'works',
	hooks: { usedReference },
});

export const references: readonly Position[] = [
	shown('references-cut-20', 'Fondo shows the first 20 characters of a reference.', (text) => text.slice(0, 20)),
	shown('references-cut-35', 'Fondo shows the first 35 characters of a reference.', (text) => text.slice(0, 35)),
	shown('references-upper-case', 'Fondo shows references in upper case.', (text) => text.toUpperCase()),
	shown('references-lower-case', 'Fondo shows references in lower case.', (text) => text.toLowerCase()),
	shown('references-trimmed', 'Fondo removes spaces at the ends of a reference and repeated spaces in it.', (text) =>
		text.trim().replace(/ +/g, ' '),
	),
	shown('references-without-spaces', 'Fondo removes every space from a reference.', (text) => text.replace(/\s/g, '')),
	shown('references-without-hyphens', 'Fondo removes hyphens from a reference.', (text) => text.replace(/-/g, '')),
	shown('references-only-in-reads', 'Fondo shows a reference only when one object is read alone.', (text, view) =>
		view === 'read' ? text : undefined,
	),
	shown('references-not-in-answers', 'Fondo shows a reference in lists and reads, and not in the answer to a create call.', (text, view) =>
		view === 'answer' ? undefined : text,
	),
	shown('references-only-in-answers', 'Fondo shows a reference in the answer to a create call, and in no list or read.', (text, view) =>
		view === 'answer' ? text : undefined,
	),
	shown('references-never-shown', 'Fondo takes a reference and never shows it.', () => undefined),
	shown('references-once-executed', 'Fondo shows a reference once the object is executed.', (text, _view, life, now) =>
		now >= life.executedAt ? text : undefined,
	),
	usedAgain('used-references-409', 'Fondo refuses a reference that an earlier object of the client has, with 409.', 409),
	usedAgain('used-references-400', 'Fondo refuses a reference that an earlier object of the client has, with 400.', 400),
];
