import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { withLock } from '../core/keyedLock';
import { UserError } from '../core/userError';

/** Keys that n8n keeps for one node of one workflow, over executions, workers and restarts. */
export interface Memory {
	/** Keeps a key; true when it was not kept before. */
	readonly keep: (key: string) => Promise<boolean>;
	readonly has: (key: string) => Promise<boolean>;
	readonly forget: (...keys: string[]) => Promise<void>;
	/** Keeps keys where n8n can: those that were not kept before; undefined in an n8n or a workflow that has no memory. */
	readonly keepNew: (keys: string[]) => Promise<string[] | undefined>;
}

/** n8n stores hashes of 24 characters in one row; beyond this many the oldest are dropped. */
const OPTIONS = { mode: 'entries' as const, maxEntries: 20_000 };

const canRemember = (context: IAllExecuteFunctions): context is IExecuteFunctions => 'checkProcessedAndRecord' in context.helpers;

/**
 * The memory behind n8n's Remove Duplicates node, for this node alone. n8n reads and writes it as a whole, so calls of this
 * process stand in line; two processes at the same instant can lose a key, which is why a kept key is looked at again.
 */
export function memoryOf(context: IAllExecuteFunctions): Memory {
	const line = `memory ${context.getWorkflow().id} ${context.getNode().id}`;
	const helpers = () => {
		if (canRemember(context)) return context.helpers;
		throw new UserError(
			'This n8n cannot remember what was handed over',
			'Update n8n: this operation needs the memory of the Remove Duplicates node.',
		);
	};
	const record = async (keys: string[]) => await helpers().checkProcessedAndRecord(keys, 'node', OPTIONS);
	// Of two processes whose first keys come at the same moment n8n (2.41) refuses one: both make the row. The next time it is there.
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
			await withLock(line, async () => await keep(key)).catch(async (error: Error) => {
				return await Promise.reject(error instanceof UserError ? error : notKept(` n8n says: ${error.message}`));
			}),
		has: async (key) =>
			await withLock(line, async () => {
				if (!(await isNew(key))) return true;
				await forget(key);
				return false;
			}),
		forget: async (...keys) => await withLock(line, async () => await forget(...keys)),
		keepNew: async (keys) =>
			await withLock(line, async () => await newOf(keys)).catch((error: Error) => {
				context.logger.warn(`What is sent cannot be remembered: ${error.message}`);
				return undefined;
			}),
	};
}
