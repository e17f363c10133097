import type { Api, Behaviour, Position } from '../position';

const paged = (api: Api, axis: string, name: string, sentence: string, hooks: Partial<Behaviour>, node?: Position['node']): Position => ({
	name,
	api,
	axis,
	sentence,
	node,
	hooks,
});

const OWN_SIZE = 20;
const CAP = 50;
const REFUSED_ABOVE = 100;

const sizes = (api: Api, vendor: string): readonly Position[] => [
	paged(
		api,
		'page size',
		`${api}-own-page-size`,
		`${vendor} gives ${OWN_SIZE} rows a page, whatever size is asked for.`,
		{ pageSize: () => OWN_SIZE },
		'works',
	),
	paged(
		api,
		'page size',
		`${api}-silent-cap`,
		`${vendor} gives at most ${CAP} rows a page and says nothing of it.`,
		{ pageSize: (asked = CAP) => Math.min(asked, CAP) },
		'works',
	),
	paged(
		api,
		'page size',
		`${api}-page-size-refused`,
		`${vendor} refuses a page size above ${REFUSED_ABOVE} with 400.`,
		{ pageSize: (asked = CAP) => (asked > REFUSED_ABOVE ? 'refused' : asked) },
		'works',
	),
	paged(api, 'order of rows', `${api}-newest-first`, `${vendor} lists the newest row first.`, { newestFirst: true }, 'works'),
	paged(
		api,
		'beyond the end',
		`${api}-404-beyond-the-end`,
		`${vendor} answers 404 to a page beyond the last row.`,
		{ beyondTheEnd: 'not found' },
		'works',
	),
	paged(api, 'filters', `${api}-filters-ignored`, `${vendor} ignores the filters of its lists.`, { filtersIgnored: true }, 'works'),
];

/** The digits of a sequence backwards: unique, the same every time, and in no order. */
const backwards = (sequence: number) => [...String(sequence).padStart(10, '0')].reverse().join('');

export const paging: readonly Position[] = [
	paged(
		'fondo',
		'what start means',
		'start-exclusive',
		'A page of Fondo begins after the row that `start` names.',
		{ start: 'exclusive' },
		'works',
	),
	paged('fondo', 'what start means', 'start-ignored', 'Fondo ignores `start` and always gives the first page.', { start: 'ignored' }),
	...sizes('fondo', 'Fondo'),
	paged('fondo', 'form of sortedId', 'no-sorted-id', 'Rows of Fondo have no `sortedId`.', { sortedId: () => undefined }),
	paged(
		'fondo',
		'form of sortedId',
		'sorted-id-as-integer',
		'The `sortedId` of Fondo is an integer.',
		{ sortedId: (sequence) => sequence },
		'works',
	),
	paged('fondo', 'form of sortedId', 'sorted-id-not-in-order', 'The `sortedId` of Fondo is not in the order of the list.', {
		sortedId: backwards,
	}),
	...sizes('finvis', 'Finvis'),
	paged(
		'finvis',
		'beyond the end',
		'finvis-last-page-again',
		'Finvis gives its last page again for every higher page number.',
		{ beyondTheEnd: 'last page' },
		'works',
	),
	paged('finvis', 'page numbers', 'finvis-page-number-ignored', 'Finvis ignores the page number and always gives the first page.', {
		pageNumberIgnored: true,
	}),
];
