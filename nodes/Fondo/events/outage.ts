import type { INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';

/** No response, a timeout, too many calls, or an error of Fondo's server: these pass without a change of settings. */
const TRANSIENT = /^(0|408|429|5\d\d)$/;

/** Whether an error remains until somebody changes a setting. An error without a status counts: the token request was refused. */
export const isPermanent = (error: unknown) => !(error instanceof NodeApiError && TRANSIENT.test(error.httpCode ?? ''));

const REPORT_EVERY_MS = 24 * 3_600_000;
/** A recovery shorter than this does not end the outage. */
const STABLE_MS = 60_000;

/** When the outage began, when it last seemed to end, and when it was last reported; milliseconds since 1970. */
export interface OutageState {
	since?: number;
	recoveredAt?: number;
	reportedAt?: number;
}

/** Writes the start of an outage to the log. After `reportAfterMs` it reports the outage as a failed execution, at most once a day. */
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
		const reason = maskedMessageOf(error);
		if (state.recoveredAt !== undefined && now - state.recoveredAt >= STABLE_MS)
			Object.assign(state, { since: undefined, reportedAt: undefined });
		state.recoveredAt = undefined;
		if (state.since === undefined) this.logger.warn(`${what} is interrupted: ${reason}. The node tries again until it works.`);
		state.since ??= now;
		if (now - state.since < this.reportAfterMs || (state.reportedAt !== undefined && now - state.reportedAt < REPORT_EVERY_MS)) return;
		state.reportedAt = now;
		const minutes = Math.round((now - state.since) / 60_000);
		this.report(
			new NodeOperationError(this.node, `${what} has been interrupted for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
				description: `${reason.replace(/\.$/, '')}. The node tries again until it works, and then reads what changed in the meantime. Nothing has to be done in n8n, unless the credential is wrong.`,
			}),
		);
	}

	recovered() {
		const { state } = this;
		if (state.since === undefined || state.recoveredAt !== undefined) return;
		state.recoveredAt = clock.now();
		if (state.reportedAt !== undefined) this.logger.info(`${this.what} works again.`);
	}
}
