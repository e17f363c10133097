import type { IDataObject } from 'n8n-workflow';
import type { SendRequest } from '../shared/http/request';
import { byPageNumber } from '../shared/http/pagination';
import { ListUnavailableError, requireList } from '../shared/writes/requireList';

/** The largest page that Finvis offers. Finvis can send fewer rows. */
const PAGE_ROWS = 200;

/** A client that may write but not read is kept from doubling by the record and the key alone. */
const MAY_NOT_READ = [401, 403, 404];

/** Reads every row of a list of Finvis. Throws a ListUnavailableError when the list cannot be read. */
export async function allRows(send: SendRequest, route: string): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	const whole = requireList(send, (body) => body !== undefined);
	for await (const { rows } of byPageNumber(whole, { route }, PAGE_ROWS)) all.push(...rows);
	return all;
}

/** Reads where the client may read; without the right to, it knows nothing. */
export const whereReadable = async <T>(read: () => Promise<T>, nothing: T): Promise<T> =>
	await read().catch(async (error: unknown) =>
		error instanceof ListUnavailableError && MAY_NOT_READ.includes(error.response.status) ? nothing : await Promise.reject(error),
	);
