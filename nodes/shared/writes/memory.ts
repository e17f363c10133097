import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { withLock } from '../core/keyedLock';
import { UserError } from '../core/userError';

/** Keys that n8n stores for one node of one workflow, across executions, workers and restarts. */
export interface Memory {
	/** Stores a key; true when the key is new. Throws a UserError when n8n does not store it. */
	readonly keep: (key: string) => Promise<boolean>;
	readonly has: (key: string) => Promise<boolean>;
	readonly forget: (...keys: string[]) => Promise<void>;
	/** Stores keys and returns the new ones; undefined when this n8n or this workflow has no memory. */
	readonly keepNew: (keys: string[]) => Promise<string[] | undefined>;
}

/** n8n stores hashes of 24 characters in one row. Above this number it drops the oldest. */
const OPTIONS = { mode: 'entries' as const, maxEntries: 20_000 };

const canRemember = (context: IAllExecuteFunctions): context is IExecuteFunctions => 'checkProcessedAndRecord' in context.helpers;

/**
 * The memory of n8n's Remove Duplicates node, for this node only. n8n reads and writes it as a whole, so a lock orders the calls of
 * this process. Two processes that write at the same instant can lose a key, so `keep` checks that the key is stored.
 */
export function memoryOf(context: IAllExecuteFunctions): Memory {
	const lockKey = `memory ${context.getWorkflow().id} ${context.getNode().id}`;
	const helpers = () => {
		if (canRemember(context)) return context.helpers;
		throw new UserError(
			'This n8n cannot remember what was handed over',
			'Update n8n: this operation needs the memory of the Remove Duplicates node.',
		);
	};
	const record = async (keys: string[]) => await helpers().checkProcessedAndRecord(keys, 'node', OPTIONS);
	// When two processes record their first key at the same time, both insert the row and one fails (n8n 2.41). Retry once: the row then exists.
	const newOf = async (keys: string[]) => (await record(keys).catch(async () => await record(keys))).new.map(String);
	const isNew = async (key: string) => (await newOf([key])).length > 0;
	const forget = async (...keys: string[]) => await helpers().removeProcessed(keys, 'node', OPTIONS);
	const notKept = (why = '') => new UserError('n8n did not remember what was to be handed over', `Nothing was sent. Run this again.${why}`);
	const keep = async (key: string) => {
		if (!(await isNew(key))) return false;
		const isKept = !(await isNew(key).catch(() => true));
		if (isKept) return true;
		await forget(key);
		throw notKept();
	};
	return {
		keep: async (key) =>
			await withLock(lockKey, async () => await keep(key)).catch(async (error: Error) => {
				return await Promise.reject(error instanceof UserError ? error : notKept(` n8n says: ${error.message}`));
			}),
		has: async (key) =>
			await withLock(lockKey, async () => {
				if (!(await isNew(key))) return true;
				await forget(key);
				return false;
			}),
		forget: async (...keys) => await withLock(lockKey, async () => await forget(...keys)),
		keepNew: async (keys) =>
			await withLock(lockKey, async () => await newOf(keys)).catch((error: Error) => {
				context.logger.warn(`What is sent cannot be remembered: ${error.message}`);
				return undefined;
			}),
	};
}
