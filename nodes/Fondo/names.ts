import type { IDataObject } from 'n8n-workflow';
import type { Named } from '../shared/fields/field';
import { joined } from '../shared/fields/joined';
import type { NameList } from '../shared/http/names';
import { bySortedId, bySortedIdIfAny } from '../shared/http/pagination';

export const instruments: NameList = {
	objects: 'instruments',
	request: () => ({ route: 'GET /v2/partner/instrument' }),
	paging: bySortedIdIfAny,
	keep: ({ name }) => ({ name }),
	seconds: 300,
};

const accounts: NameList = {
	objects: 'investor accounts',
	request: ({ client }) => ({ route: 'GET /v2/partner/client/{client_id}/account', path: { client_id: client } }),
	paging: bySortedId,
	keep: ({ name, ref, owner }) => ({ name, ref, owner }),
	seconds: 300,
};

/** An investor account as people know it: its owner, its name, its number. */
export function accountText({ name, ref, owner }: IDataObject): string {
	const ownerName = typeof owner === 'object' && owner !== null && 'fullName' in owner ? owner.fullName : undefined;
	return joined(' ', [joined(', ', [ownerName, name]), ref === undefined ? undefined : `(${String(ref)})`]);
}

/** The account and the instrument of a row, each by its name, or by its ID where it has none. */
export const accountName = (id: unknown, named: Named): unknown => accountText(named(accounts, id)) || id;
export const instrumentName = (id: unknown, named: Named): unknown => named(instruments, id).name ?? id;

export const accountsOf = (of: (row: IDataObject) => unknown) => ({ list: accounts, of });

export const dayOf = (time: unknown) => (typeof time === 'string' ? time.slice(0, 10) : undefined);
