import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import { jsonOf } from '../../../shared/output/one';
import type { Change } from './change';
import { identityOf, idText, OBJECTS } from './change';

/** Which changes start the workflow. An empty list allows every value. */
export interface EventFilter {
	readonly objects: readonly string[];
	readonly kinds: readonly string[];
	readonly statuses: readonly string[];
	readonly accounts: readonly string[];
}

/** Stored value of the choice "Any Object", which includes object types that this node does not know. */
export const ANY = '*';

const allows = (list: readonly string[], value: unknown) => list.length === 0 || list.some((one) => one === value);

/** The IDs of the accounts that a state concerns. */
const accountsOf = (object: string, { id, account, creditAccount, debitAccount, result }: IDataObject) => [
	object === 'account' ? id : undefined,
	account,
	creditAccount,
	debitAccount,
	typeof result === 'object' && result !== null && 'account' in result ? result.account : undefined,
];

export const matchesObject = (objects: readonly string[], { object, eventType }: Change) => {
	const names = [ANY, object, eventType, eventType.split('.')[0]].map((name) => name.toLowerCase());
	return objects.some((name) => names.includes(name.toLowerCase()));
};

/** An object that was created and changed while the stream was down counts as created where the filter asks for created objects. */
const kindFor = ({ kinds }: EventFilter, { kind, createdInGap }: Change) =>
	createdInGap && (kinds.includes('created') || !allows(kinds, kind)) ? 'created' : kind;

export function matches(filter: EventFilter, change: Change): boolean {
	const { object, previous, current } = change;
	const state = current ?? previous ?? {};
	return (
		matchesObject(filter.objects, change) &&
		allows(filter.kinds, kindFor(filter, change)) &&
		(filter.statuses.length === 0 ||
			(allows(filter.statuses, state.status) && (current === undefined || previous?.status !== state.status))) &&
		(filter.accounts.length === 0 || accountsOf(object, state).some((account) => allows(filter.accounts, idText(account) ?? '')))
	);
}

/** Names of the fields that differ; null when the previous or the current state is unknown. */
function changedFields({ current, previous }: Change): string[] | null {
	if (current === undefined || previous === undefined) return null;
	const names = [...new Set([...Object.keys(previous), ...Object.keys(current)])];
	return names.filter((name) => JSON.stringify(previous[name]) !== JSON.stringify(current[name]));
}

/** The item that the workflow gets. */
export const itemOf = (filter: EventFilter, clientId: string, change: Change): IDataObject => ({
	...jsonOf(change.otherFields ?? {}),
	eventId: identityOf(change),
	eventType: change.eventType,
	object: change.object,
	change: kindFor(filter, change),
	id: change.id ?? null,
	clientId,
	current: change.current ?? null,
	previous: change.previous ?? null,
	changed: changedFields(change),
	source: change.source,
	receivedAt: new Date(change.receivedAt ?? clock.now()).toISOString(),
});

/** The object types whose lists must be read for this filter. */
export const objectsToRead = ({ objects }: EventFilter) =>
	OBJECTS.filter((object) => objects.some((name) => name === ANY || name === object || name.startsWith(`${object}.`)));
