import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../../shared/output/json';
import type { Change } from './change';
import { identityOf, OBJECTS } from './change';

/** What the user waits for. An empty list filters nothing. */
export interface EventFilter {
	readonly objects: readonly string[];
	readonly kinds: readonly string[];
	readonly statuses: readonly string[];
	readonly accounts: readonly string[];
}

/** Stored value of the choice that takes every object, also of names that are not known here. */
export const ANY = '*';

const allows = (list: readonly string[], value: unknown) => list.length === 0 || list.some((one) => one === value);

/** The accounts that a state speaks of: its own ID, or those it names. */
const accountsOf = (object: string, { id, account, creditAccount, debitAccount, result }: IDataObject) => [
	object === 'account' ? id : undefined,
	account,
	creditAccount,
	debitAccount,
	typeof result === 'object' && result !== null && 'account' in result ? result.account : undefined,
];

const isObjectWanted = (objects: readonly string[], { object, eventType }: Change) => {
	const names = [ANY, object, eventType, eventType.split('.')[0]].map((name) => name.toLowerCase());
	return objects.some((name) => names.includes(name.toLowerCase()));
};

/** An object that was made and changed while nobody listened is both; it is told as what the user waits for. */
const kindFor = ({ kinds }: EventFilter, { kind, madeInGap }: Change) =>
	madeInGap && (kinds.includes('created') || !allows(kinds, kind)) ? 'created' : kind;

export function isWanted(wanted: EventFilter, change: Change): boolean {
	const { object, previous, current } = change;
	const state = current ?? previous ?? {};
	return (
		isObjectWanted(wanted.objects, change) &&
		allows(wanted.kinds, kindFor(wanted, change)) &&
		(wanted.statuses.length === 0 ||
			(allows(wanted.statuses, state.status) && (current === undefined || previous?.status !== state.status))) &&
		(wanted.accounts.length === 0 || accountsOf(object, state).some((account) => account !== undefined && allows(wanted.accounts, account)))
	);
}

/** Names of the fields that differ; null when it is not known what was before. */
function changedFields({ current, previous }: Change): string[] | null {
	if (current === undefined || previous === undefined) return null;
	const names = [...new Set([...Object.keys(previous), ...Object.keys(current)])];
	return names.filter((name) => JSON.stringify(previous[name]) !== JSON.stringify(current[name]));
}

/** The change as users get it; `receivedAt` in ms. */
export const itemOf = (wanted: EventFilter, clientId: string, change: Change, receivedAt: number): IDataObject => ({
	...jsonOf(change.rest ?? {}),
	eventId: identityOf(change),
	eventType: change.eventType,
	object: change.object,
	change: kindFor(wanted, change),
	id: change.id ?? null,
	clientId,
	current: change.current ?? null,
	previous: change.previous ?? null,
	changed: changedFields(change),
	source: change.source,
	receivedAt: new Date(receivedAt).toISOString(),
});

/** Kinds of objects whose lists must be read for this. */
export const objectsToRead = ({ objects }: EventFilter) =>
	OBJECTS.filter((object) => objects.some((name) => name === ANY || name === object || name.startsWith(`${object}.`)));
