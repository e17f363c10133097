import type { IDataObject } from 'n8n-workflow';
import type { SendRequest } from '../shared/http/request';
import { byPageNumber } from '../shared/http/pagination';
import { requireList } from '../shared/writes/requireList';

/** The largest page that Finvis offers. Finvis can send fewer rows. */
const PAGE_ROWS = 200;

/** Reads every row of a list of Finvis. Throws a ListUnavailableError when the list cannot be read. */
export async function allRows(send: SendRequest, route: string): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	const whole = requireList(send, (body) => body !== undefined);
	for await (const { rows } of byPageNumber(whole, { route }, PAGE_ROWS)) all.push(...rows);
	return all;
}
