import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { Refusal } from './refusal';

/** Keys that n8n keeps for one node of one workflow, over executions, workers and restarts. */
export interface Memory {
	/** Keeps a key; true when it was not kept before. */
	readonly keep: (key: string) => Promise<boolean>;
	readonly forget: (key: string) => Promise<void>;
}

/** n8n stores hashes of 24 characters in one row; beyond this many the oldest are dropped. */
const OPTIONS = { mode: 'entries' as const, maxEntries: 20_000 };

const canRemember = (context: IAllExecuteFunctions): context is IExecuteFunctions => 'checkProcessedAndRecord' in context.helpers;

/** The memory behind n8n's Remove Duplicates node, for this node alone. Not atomic: two runs at the same instant can both be first. */
export function memoryOf(context: IAllExecuteFunctions): Memory {
	const helpers = () => {
		if (canRemember(context)) return context.helpers;
		throw new Refusal(
			'This n8n cannot remember what was handed over',
			'Update n8n: this operation needs the memory of the Remove Duplicates node.',
		);
	};
	return {
		keep: async (key) => (await helpers().checkProcessedAndRecord([key], 'node', OPTIONS)).new.length > 0,
		forget: async (key) => await helpers().removeProcessed([key], 'node', OPTIONS),
	};
}
