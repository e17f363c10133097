import type { Finding, Setup } from '../setup/finding';
import type { Api } from '../transport/client';
import type { Output } from './output';

/** What a list of checks found, one item per check. A check that fails is a finding, not an error. */
export const findings = (api: Api, check: (setup: Setup) => Promise<readonly Finding[]>): Output => ({
	fields: {},
	keeps: ['check', 'status'],
	read: async ({ context, client, request, select }) => {
		const credentials = await context.getCredentials(api.credential);
		const found = await check({ context, client, request, credentials, place: api.placeOf(credentials) });
		return found.map((one) => ({ json: select({ ...one }) }));
	},
});
