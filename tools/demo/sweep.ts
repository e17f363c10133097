import { Failure } from '../base/failure';
import { jsonOf, reasonOf, type Execution, type N8nClient } from '../harness/n8n/client';
import type { LedgerEntry, SandboxClient } from '../harness/sandbox';
import type { SavedExample } from '../harness/stack';

export interface Swept {
	readonly execution: Execution;
	/** The new entries of the ledger. */
	readonly moved: readonly LedgerEntry[];
}

/** Runs the sweep example, and advances the sandbox until the banks have paid. */
export async function runSweep(
	{ client, sandbox }: { client: N8nClient; sandbox: SandboxClient },
	{ workflow, trigger }: SavedExample,
): Promise<Swept> {
	const before = (await sandbox.ledger()).length;
	const execution = await client.run(workflow, trigger);
	if (execution.status !== 'success') {
		throw new Failure(`The workflow did not succeed. ${reasonOf(execution)}`, 'open the execution in the editor, or start with --fresh');
	}
	const approved = jsonOf<{ object_id: string }>(execution, 'Approve').map(({ object_id }) => object_id);
	const isPaid = async () => {
		const paid = (await sandbox.ledger()).map(({ batchId }) => batchId);
		return approved.every((batch) => paid.includes(batch));
	};
	await sandbox.advanceUntil(isPaid);
	return { execution, moved: (await sandbox.ledger()).slice(before) };
}
