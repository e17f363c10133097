import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Lookup, SendRequest } from '../shared/http/request';
import { bySortedId } from '../shared/http/pagination';
import { requireList } from '../shared/writes/requireList';
import { UserError, REPORT_IT } from '../shared/core/userError';

/** Rows to read again on every look-up, because an object can appear in the list after objects that were created later. */
const OVERLAP_ROWS = 100;

/** The rows read so far, by reference, and the `sortedId` of the last rows. The next look-up starts at the first of these. */
interface Known {
	readonly byReference: Map<string, IDataObject>;
	last: string[];
}

const isOfKind = (row: IDataObject, { filter = {} }: Lookup) => Object.entries(filter).every(([name, value]) => row[name] === value);

/** Only a list that is read to its end proves that an object is absent. Its rows must have a `sortedId` and be sorted by it. */
const outOfOrder = (reference: string) =>
	new UserError(
		`It cannot be checked whether Fondo knows '${reference}'`,
		`The list in which to look for it is not in the order that the contract promises. Nothing was sent. ${REPORT_IT}`,
	);

/** The lists of one run. Finds the row of each reference; each look-up reads only the rows that are new since the last one. */
export function referenceLists(next: SendRequest) {
	const lists = new Map<string, Known>();

	return async ({ path }: ApiRequest, lookup: Lookup, references: readonly string[]): Promise<Array<IDataObject | undefined>> => {
		const key = JSON.stringify([lookup.list, lookup.filter, path?.client_id]);
		const known = lists.get(key) ?? { byReference: new Map<string, IDataObject>(), last: [] };
		lists.set(key, known);
		const query = known.last.length === 0 ? {} : { start: known.last[0] };
		let previous = '';
		for await (const { rows } of bySortedId(requireList(next, Array.isArray), { route: lookup.list, path, query })) {
			for (const row of rows) {
				if (typeof row.sortedId !== 'string' || row.sortedId < previous) throw outOfOrder(references[0]);
				previous = row.sortedId;
				if (typeof row.clientRef === 'string' && isOfKind(row, lookup)) known.byReference.set(row.clientRef, row);
				known.last.push(row.sortedId);
			}
			known.last = [...new Set(known.last)].sort().slice(-OVERLAP_ROWS);
		}
		return references.map((name) => known.byReference.get(name));
	};
}
