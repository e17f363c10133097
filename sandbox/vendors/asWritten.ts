import type { Api, Behaviour, Page } from './position';
import { sortableId } from './model/ids';

const common: Omit<Behaviour, 'listBody' | 'createdStatus' | 'pageSize' | 'actAgain' | 'payments'> = {
	showReference: (reference) => reference,
	usedReference: 'executed',
	showName: (name) => name,
	plantsDrafts: false,
	listsForbidden: false,
	shownFrom: (life) => life.createdAt,
	shownUntil: () => Infinity,
	start: 'inclusive',
	newestFirst: false,
	sortedId: sortableId,
	beyondTheEnd: 'empty',
	pageNumberIgnored: false,
	filtersIgnored: false,
	createdBody: (object) => object,
	errorAfterEffect: undefined,
	refusal: (usual) => usual,
	validateOnly: 'order without id',
	keyWithOtherBody: 'first answer',
	keyLifetime: Infinity,
	keysKeepRefusals: false,
	keyForm: /./,
	keyUnderWay: 0,
	amount: (value) => value,
	moment: (at) => new Date(at).toISOString(),
	day: (day) => day,
	code: (code) => code,
	id: (id) => id,
	personalNumber: (number) => number,
	status: (word) => word,
	death: undefined,
};

export const resultsBody = ({ total, links, rows }: Page) => ({ count: total, next: links.next, previous: links.previous, results: rows });

/** The vendors of the two contract files, where the contract says something. */
export const AS_WRITTEN: Readonly<Record<Api, Behaviour>> = {
	fondo: {
		...common,
		listBody: ({ rows }) => rows,
		createdStatus: 200,
		pageSize: (asked) => asked ?? Infinity,
		actAgain: 400,
		payments: (payments) => payments,
	},
	finvis: {
		...common,
		listBody: resultsBody,
		createdStatus: 201,
		pageSize: (asked) => asked ?? 50,
		actAgain: 409,
		// The contract's batch has a total and a count, and no list of payments.
		payments: () => undefined,
	},
};
