import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { UserError } from './core/userError';
import type { ApiRequest, SendRequest } from './http/request';

/** Runs every check of all calls before the first is sent, so that a batch that is refused leaves no other one behind. */
export async function checkTogether(
	calls: ReadonlyArray<{ readonly request: ApiRequest }>,
	preview: () => Promise<SendRequest>,
): Promise<void> {
	if (calls.length === 1) return;
	const client = await preview();
	for (const { request } of calls) await client(request);
}

/** Rows that a message names. */
const MOST_ROWS = 20;

/** Rethrows the error of one call of several, with its rows and what became of the others. `items` are the items of the call, from 0. */
export const explained =
	(index: number, count: number, items: readonly number[]) =>
	async (error: unknown): Promise<never> => {
		if (count === 1) return await Promise.reject(error);
		const rows = items.slice(0, MOST_ROWS).map((item) => item + 1);
		const isRefused = error instanceof NodeApiError && (error.context.data as IDataObject | undefined)?.outcome === 'rejected';
		const others =
			`This is batch ${index + 1} of ${count}, row ${rows.join(', ')}${items.length > MOST_ROWS ? ' and more' : ''}. ` +
			(isRefused ? 'If a row has to change, run only the rows of this batch, under a new reference. If not, run' : 'Run') +
			' all rows again under the same reference: the node finds what was made, and sends only what is missing.';
		if (error instanceof UserError) throw new UserError(error.message, `${error.description} ${others}`);
		if (error instanceof NodeApiError) error.description = `${error.description ?? ''} ${others}`.trim();
		return await Promise.reject(error);
	};
