import { resultsBody } from '../asWritten';
import type { Api, Behaviour, Page, Position } from '../position';

const shape = (api: Api, name: string, sentence: string, listBody: Behaviour['listBody'], node?: Position['node']): Position => ({
	name,
	api,
	axis: 'shape of lists',
	sentence,
	node,
	hooks: { listBody },
});

const dataAndMeta = ({ rows, total, number, pages }: Page) => ({
	data: rows,
	meta: { total, current_page: number, last_page: pages },
});

const itemsAndPages = ({ rows, total, number, pages, size }: Page) => ({ items: rows, total, page: number, size, pages });

/** The last page of several names the first as its next page, and so does a page alone. */
const pointsBack = (page: Page) => ({
	...resultsBody(page),
	next: page.number === 1 && page.links.next ? page.links.next : page.links.first,
});

const nextAs =
	(address: (next: string) => string): Behaviour['listBody'] =>
	(page) => ({
		...resultsBody(page),
		next: page.links.next === null ? null : address(page.links.next),
	});

const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');

const counted =
	(count: (page: Page) => unknown): Behaviour['listBody'] =>
	(page) => ({ ...resultsBody(page), count: count(page) });

export const listShapes: readonly Position[] = [
	shape('fondo', 'fondo-lists-in-results', 'Fondo puts the rows of a list into `results`.', ({ rows }) => ({ results: rows }), 'works'),
	shape('fondo', 'fondo-lists-in-data', 'Fondo puts the rows of a list into `data`, beside `meta`.', dataAndMeta, 'works'),
	shape('fondo', 'fondo-lists-in-items', 'Fondo puts the rows of a list into `items`, beside numbers of pages.', itemsAndPages, 'works'),
	shape('finvis', 'finvis-bare-lists', 'Finvis gives the rows of a list without an envelope.', ({ rows }) => rows),
	shape('finvis', 'finvis-lists-in-data', 'Finvis puts the rows of a list into `data`, beside `meta`.', dataAndMeta, 'works'),
	shape('finvis', 'finvis-lists-in-items', 'Finvis puts the rows of a list into `items`, beside numbers of pages.', itemsAndPages, 'works'),
	shape('finvis', 'finvis-next-always-null', 'Finvis says that there is no next page, and counts more rows than it gave.', (page) => ({
		...resultsBody(page),
		next: null,
	})),
	shape('finvis', 'finvis-next-as-path', 'Finvis names the next page by its path.', nextAs(pathOf), 'works'),
	shape(
		'finvis',
		'finvis-next-on-another-host',
		'Finvis names a next page on another host.',
		nextAs((next) => `https://elsewhere.invalid${pathOf(next)}`),
	),
	shape(
		'finvis',
		'finvis-next-on-another-scheme',
		'Finvis names a next page under another scheme.',
		nextAs((next) => next.replace(/^https?:/, 'ftp:')),
	),
	shape(
		'finvis',
		'finvis-counts-too-few',
		'Finvis counts one row less than its list has.',
		counted(({ total }) => Math.max(0, total - 1)),
	),
	shape(
		'finvis',
		'finvis-counts-too-many',
		'Finvis counts one row more than its list has.',
		counted(({ total }) => total + 1),
	),
	shape(
		'finvis',
		'finvis-counts-the-page',
		'Finvis counts the rows of the page.',
		counted(({ rows }) => rows.length),
	),
	shape('finvis', 'finvis-next-points-back', 'From its second page on, Finvis names the first page as the next one.', pointsBack),
];
