import { Failure } from '../failure.mjs';
import { outputOf, reasonOf } from '../n8n-host/client.mjs';

export const EXAMPLE = 'sweep-idle-cash.json';

/** Runs the example and lets the banks do their part: { execution, moved }, moved being the new entries of the ledger. */
export async function runSweep({ client, sandbox }, { workflow, trigger }) {
	const before = (await sandbox.ledger()).length;
	const execution = await client.run(workflow, trigger);
	if (execution.status !== 'success') {
		throw new Failure(`The workflow did not succeed. ${reasonOf(execution)}`, 'open the execution in the editor, or start with --fresh');
	}
	const approved = outputOf(execution, 'Approve').map(({ json }) => json.object_id);
	const isPaid = async () => {
		const paid = (await sandbox.ledger()).map(({ batchId }) => batchId);
		return approved.every((batch) => paid.includes(batch));
	};
	await sandbox.advanceUntil(isPaid);
	return { execution, moved: (await sandbox.ledger()).slice(before) };
}
