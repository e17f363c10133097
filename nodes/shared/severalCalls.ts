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

/** Rethrows the error of one call of several, with what became of the others. */
export const explained =
	(index: number, count: number) =>
	async (error: unknown): Promise<never> => {
		if (count === 1) return await Promise.reject(error);
		const others =
			`This is batch ${index + 1} of ${count}. Run all rows again under the same reference: ` +
			'the node finds what was made, and sends only what is missing.';
		if (error instanceof UserError) throw new UserError(error.message, `${error.description} ${others}`);
		if (error instanceof NodeApiError) error.description = `${error.description ?? ''} ${others}`.trim();
		return await Promise.reject(error);
	};
