import { DAY } from './durations';
import type { Api, Behaviour, Page } from './position';
import { sortableId } from './model/ids';

const days = new Map<number, string>();
const digits = (value: number, length: number) => String(value).padStart(length, '0');

/** The same as `toISOString`, which is most of the cost of a list without this. */
function moment(at: number): string {
	const number = Math.floor(at / DAY);
	const day = days.get(number) ?? new Date(number * DAY).toISOString().slice(0, 11);
	if (days.size > 10_000) days.clear();
	days.set(number, day);
	const rest = at - number * DAY;
	const seconds = Math.floor(rest / 1000);
	return `${day}${digits(Math.floor(seconds / 3600), 2)}:${digits(Math.floor(seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}.${digits(rest % 1000, 3)}Z`;
}

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
	moment,
	day: (day) => day,
	code: (code) => code,
	id: (id) => id,
	personalNumber: (number) => number,
	status: (word) => word,
	death: undefined,
	idNumber: undefined,
	tokenAnswer: (usual) => usual,
	expiredToken: 401,
	errorAnswer: (usual) => usual,
	throttleHeaders: () => undefined,
	listHeaders: () => ({}),
	file: (bytes) => ({ headers: { 'content-type': 'application/pdf' }, body: bytes }),
	redirectsToSlash: undefined,
	eventState: (state) => state,
	event: (event) => event,
	eventCopies: () => [0],
	eventsCollectedFor: 0,
	eventList: (events) => events,
	webhookText: (json) => json,
	webhookSignature: undefined,
	frameForm: 'text',
	streamEnd: undefined,
	streamReplays: 0,
	streamOpening: 'plain',
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
