import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, Lookup, SendRequest } from '../shared/http/request';
import { bySortedId } from '../shared/http/pagination';
import { requireList } from '../shared/writes/requireList';
import { UserError, REPORT_IT } from '../shared/core/userError';

/** Rows read again at every look: an object can show up behind others that were begun after it. */
const OVERLAP_ROWS = 100;

/** What one list holds so far, by reference, and the `sortedId` of its last rows, from the first of which to read on. */
interface Known {
	readonly byReference: Map<string, IDataObject>;
	last: string[];
}

const isOfKind = (row: IDataObject, { filter = {} }: Lookup) => Object.entries(filter).every(([name, value]) => row[name] === value);

/** Absence is only proved by a list that can be read to its end: rows with a `sortedId`, the oldest first. */
const outOfOrder = (reference: string) =>
	new UserError(
		`It cannot be checked whether Fondo knows '${reference}'`,
		`The list in which to look for it is not in the order that the contract promises. Nothing was sent. ${REPORT_IT}`,
	);

/** The lists of one run. Looks for the rows that have these references, one for each; reads only what is new since the last look. */
export function referenceLists(next: SendRequest) {
	const lists = new Map<string, Known>();

	return async ({ path }: ApiRequest, lookIn: Lookup, references: readonly string[]): Promise<Array<IDataObject | undefined>> => {
		const key = JSON.stringify([lookIn.list, lookIn.filter, path?.client_id]);
		const known = lists.get(key) ?? { byReference: new Map<string, IDataObject>(), last: [] };
		lists.set(key, known);
		const query = known.last.length === 0 ? {} : { start: known.last[0] };
		let previous = '';
		for await (const { rows } of bySortedId(requireList(next, Array.isArray), { route: lookIn.list, path, query })) {
			for (const row of rows) {
				if (typeof row.sortedId !== 'string' || row.sortedId < previous) throw outOfOrder(references[0]);
				previous = row.sortedId;
				if (typeof row.clientRef === 'string' && isOfKind(row, lookIn)) known.byReference.set(row.clientRef, row);
				known.last.push(row.sortedId);
			}
			known.last = [...new Set(known.last)].sort().slice(-OVERLAP_ROWS);
		}
		return references.map((name) => known.byReference.get(name));
	};
}
