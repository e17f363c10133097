import type { Finding, DiagnosticsContext } from '../diagnostics/finding';
import type { ResultMode } from './resultMode';

/** What a list of checks found, one item per check. A check that fails is a finding, not an error. */
export const findings = (check: (setup: DiagnosticsContext) => Promise<readonly Finding[]>): ResultMode => ({
	fields: {},
	keeps: ['check', 'status'],
	execute: async ({ context, client, request, select, connectionOf, credential }) => {
		const credentials = await context.getCredentials(credential);
		const found = await check({ context, client, request, credentials, connection: connectionOf(credentials) });
		return found.map((one) => ({ json: select({ ...one }) }));
	},
});
