import { foldId } from '../../shared/core/lookAlikes';
import { UserError } from '../../shared/core/userError';
import { byPageNumber } from '../../shared/http/pagination';
import type { ResultContext } from '../../shared/output/resultMode';
import { untilStatus } from '../../shared/output/untilStatus';
import { isRehearsed } from '../../shared/writes/rehearsal';
import { APPROVED, EXECUTED, isAlive } from '../controls/batch';

const idOf = ({ values }: ResultContext) => String(values.paymentBatch);

/** Finvis has no read of one batch, so it is looked for in the list. */
async function readBatch(call: ResultContext) {
	const id = idOf(call);
	if (isRehearsed(id)) return {};
	for await (const { rows } of byPageNumber(call.client, call.request)) {
		const batch = rows.find((row) => foldId(row.id) === foldId(id));
		if (batch !== undefined) return batch;
	}
	throw new UserError(`Finvis lists no payment batch '${id}'`, 'Give the ID of a batch, e.g. the field id of Create or Submit.');
}

/** One item when the batch is approved or executed, will never be, or the time is over. */
export const untilPaid = untilStatus({
	what: 'The batch',
	statuses: { approved: { label: 'Approved', reached: APPROVED }, executed: { label: 'Executed', reached: EXECUTED } },
	initial: 'executed',
	isDead: (batch) => !isAlive(batch),
	identityOf: (call) => ({ id: idOf(call) }),
	read: readBatch,
});
