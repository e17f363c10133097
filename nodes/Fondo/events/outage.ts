import type { INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';

const REPORT_EVERY_MS = 24 * 3_600_000;
const LOG_EVERY_MS = 3_600_000;

/** When the outage began, and when one was last logged and reported; milliseconds since 1970. */
export interface OutageState {
	since?: number;
	loggedAt?: number;
	reportedAt?: number;
}

/** Writes the start of an outage to the log, at most once an hour: a stream that comes back again and again is no outage. After `reportAfterMs` it reports the outage as a failed execution, at most once a day. */
export class OutageReporter {
	constructor(
		private readonly what: string,
		private readonly reportAfterMs: number,
		private readonly node: INode,
		private readonly logger: ITriggerFunctions['logger'],
		private readonly report: (error: NodeOperationError) => void,
		private readonly state: OutageState = {},
	) {}

	failed(error: unknown) {
		const { state, what } = this;
		const now = clock.now();
		const reason = maskedMessageOf(error).replace(/\.$/, '');
		state.since ??= now;
		if (now - (state.loggedAt ?? -Infinity) >= LOG_EVERY_MS) {
			this.logger.warn(`${what} is interrupted: ${reason}. The node tries again until it works.`);
			state.loggedAt = now;
		}
		if (now - state.since < this.reportAfterMs || (state.reportedAt !== undefined && now - state.reportedAt < REPORT_EVERY_MS)) return;
		state.reportedAt = now;
		const minutes = Math.round((now - state.since) / 60_000);
		this.report(
			new NodeOperationError(this.node, `${what} has been interrupted for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
				description: `${reason}. The node tries again until it works, and then reads what changed in the meantime. Nothing has to be done in n8n, unless the credential is wrong.`,
			}),
		);
	}

	recovered() {
		const { state } = this;
		const { since } = state;
		state.since = undefined;
		if (since !== undefined && state.reportedAt !== undefined && state.reportedAt >= since) this.logger.info(`${this.what} works again.`);
	}
}
