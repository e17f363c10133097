import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { inLine } from '../inLine';
import { Refusal } from './refusal';

/** Keys that n8n keeps for one node of one workflow, over executions, workers and restarts. */
export interface Memory {
	/** Keeps a key; true when it was not kept before. */
	readonly keep: (key: string) => Promise<boolean>;
	readonly has: (key: string) => Promise<boolean>;
	readonly forget: (key: string) => Promise<void>;
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
		throw new Refusal(
			'This n8n cannot remember what was handed over',
			'Update n8n: this operation needs the memory of the Remove Duplicates node.',
		);
	};
	const isNew = async (key: string) => (await helpers().checkProcessedAndRecord([key], 'node', OPTIONS)).new.length > 0;
	const forget = async (key: string) => await helpers().removeProcessed([key], 'node', OPTIONS);
	return {
		keep: async (key) =>
			await inLine(line, async () => {
				if (!(await isNew(key))) return false;
				if (!(await isNew(key))) return true;
				await forget(key);
				throw new Refusal('n8n did not remember what was to be handed over', 'Nothing was sent. Run this again.');
			}),
		has: async (key) =>
			await inLine(line, async () => {
				if (!(await isNew(key))) return true;
				await forget(key);
				return false;
			}),
		forget: async (key) => await inLine(line, async () => await forget(key)),
	};
}
