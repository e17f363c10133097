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
const rowsOf = (items: readonly number[]) => {
	const rows = items.map((item) => item + 1).sort((one, other) => one - other);
	return `${rows.length === 1 ? 'row' : 'rows'} ${rows.slice(0, MOST_ROWS).join(', ')}${rows.length > MOST_ROWS ? ' and more' : ''}`;
};

/**
 * Rethrows the error of one call of several, with what became of the others. `parts` are the items of each call, from 0. Without
 * `goesOn` the calls after this one are not made.
 */
export const explained =
	(index: number, parts: ReadonlyArray<readonly number[]>, goesOn: boolean) =>
	async (error: unknown): Promise<never> => {
		if (parts.length === 1) return await Promise.reject(error);
		const notSent = parts.slice(index + 1);
		const left = goesOn ? parts[index] : parts.slice(index).flat();
		const isRefused = error instanceof NodeApiError && (error.context.data as IDataObject | undefined)?.outcome === 'rejected';
		const others = [
			`This is batch ${index + 1} of ${parts.length}, with ${rowsOf(parts[index])}.`,
			!goesOn && notSent.length > 0 && 'The batches after it were not sent.',
			isRefused &&
				`If a row has to change, run only ${rowsOf(left)}, under a new reference, and nothing of it under this one again. If not, run`,
			`${isRefused ? '' : 'Run '}all rows again under the same reference: the node finds what was made, and sends only what is missing.`,
		]
			.filter(Boolean)
			.join(' ');
		if (error instanceof UserError) throw new UserError(error.message, `${error.description} ${others}`);
		if (error instanceof NodeApiError) error.description = `${error.description ?? ''} ${others}`.trim();
		return await Promise.reject(error);
	};
