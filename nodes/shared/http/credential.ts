import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { clock } from '../core/clock';

const READ_EVERY_MS = 10_000;

/** Lends the data of a credential to a call. n8n writes a token that it renews into what it is given, so each call has a copy. */
export type UseCredential = <T>(use: (data: ICredentialDataDecryptedObject) => Promise<T> | T) => Promise<T>;

/**
 * A credential of a run. For a call that brings none n8n asks its database and decrypts, which takes longer than all the rest of
 * its work (docs/performance.md): here it is read anew only after some seconds, or when a token was renewed.
 */
export function useCredential(context: IAllExecuteFunctions, type: string): UseCredential {
	let known: { readonly until: number; readonly data: Promise<ICredentialDataDecryptedObject> } | undefined;
	const read = async () => {
		if (known !== undefined && known.until > clock.now()) return await known.data;
		known = { until: clock.now() + READ_EVERY_MS, data: context.getCredentials(type) };
		return await known.data.catch(async (error: unknown) => {
			known = undefined;
			return await Promise.reject(error);
		});
	};
	return async (use) => {
		const copy = { ...(await read()) };
		const { accessToken } = copy;
		try {
			return await use(copy);
		} finally {
			if (copy.accessToken !== accessToken) known = undefined;
		}
	};
}
