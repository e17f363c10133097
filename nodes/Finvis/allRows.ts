import type { IDataObject } from 'n8n-workflow';
import type { Send } from '../shared/transport/call';
import { byPageNumber } from '../shared/transport/pages';
import { readable } from '../shared/transport/readable';

/** As many rows a page as Finvis may give; it can give fewer. */
const PAGE_ROWS = 200;

/** Every row of a list of Finvis; throws Unread where it cannot be read. */
export async function allRows(send: Send, route: string): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	const whole = readable(send, (body) => body !== undefined);
	for await (const { rows } of byPageNumber(whole, { route }, PAGE_ROWS)) all.push(...rows);
	return all;
}
