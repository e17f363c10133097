import type { IDataObject } from 'n8n-workflow';
import type { SendRequest } from '../shared/http/request';
import { byPageNumber } from '../shared/http/pagination';
import { requireList } from '../shared/writes/requireList';

/** As many rows a page as Finvis may give; it can give fewer. */
const PAGE_ROWS = 200;

/** Every row of a list of Finvis; throws Unread where it cannot be read. */
export async function allRows(send: SendRequest, route: string): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	const whole = requireList(send, (body) => body !== undefined);
	for await (const { rows } of byPageNumber(whole, { route }, PAGE_ROWS)) all.push(...rows);
	return all;
}
