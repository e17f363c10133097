import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { clock } from '../core/clock';

const READ_EVERY_MS = 10_000;

/** Calls a function with the credential's data. Each call gets a copy, because n8n writes a renewed token into it. */
export type UseCredential = <T>(use: (data: ICredentialDataDecryptedObject) => Promise<T> | T) => Promise<T>;

/**
 * The credential of one item. n8n resolves its expressions by the item. Without it n8n reads and decrypts the credential for every call, which takes longer than all its other
 * work (docs/performance.md). This one reads it again only after 10 seconds or after a token was renewed.
 */
export function useCredential(context: IAllExecuteFunctions, type: string, item = 0): UseCredential {
	let cached: { readonly until: number; readonly data: Promise<ICredentialDataDecryptedObject> } | undefined;
	const read = async () => {
		if (cached !== undefined && cached.until > clock.now()) return await cached.data;
		cached = { until: clock.now() + READ_EVERY_MS, data: context.getCredentials(type, item) };
		return await cached.data.catch(async (error: unknown) => {
			cached = undefined;
			return await Promise.reject(error);
		});
	};
	return async (use) => {
		const copy = { ...(await read()) };
		const { accessToken } = copy;
		try {
			return await use(copy);
		} finally {
			if (copy.accessToken !== accessToken) cached = undefined;
		}
	};
}
