import type { INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { maskedMessageOf } from '../../../shared/triggers/failedExecution';
import { clock } from '../../../shared/core/clock';

const AGAIN_MS = 24 * 3_600_000;
/** What works for less than this and fails again has not been over. */
const CALM_MS = 60_000;

/** Since when it lasts, since when it seems to be over, and when it was told of last; ms since 1970. */
export interface KnownOutage {
	since?: number;
	calmSince?: number;
	reportedAt?: number;
}

/** Tells of a trouble that lasts: in the log at once, and as a failed execution when it has lasted long, once a day. */
export class OutageReporter {
	constructor(
		private readonly what: string,
		private readonly reportAfterMs: number,
		private readonly node: INode,
		private readonly logger: ITriggerFunctions['logger'],
		private readonly report: (error: NodeOperationError) => void,
		private readonly known: KnownOutage = {},
	) {}

	happened(error: unknown) {
		const { known, what } = this;
		const now = clock.now();
		const reason = maskedMessageOf(error);
		if (known.calmSince !== undefined && now - known.calmSince >= CALM_MS)
			Object.assign(known, { since: undefined, reportedAt: undefined });
		known.calmSince = undefined;
		if (known.since === undefined) this.logger.warn(`${what} is interrupted: ${reason}. It is tried again until it works.`);
		known.since ??= now;
		if (now - known.since < this.reportAfterMs || (known.reportedAt !== undefined && now - known.reportedAt < AGAIN_MS)) return;
		known.reportedAt = now;
		const minutes = Math.round((now - known.since) / 60_000);
		this.report(
			new NodeOperationError(this.node, `${what} has been interrupted for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
				description: `${reason}. It is tried again until it works, and what changed in the meantime is read then. Nothing has to be done in n8n, unless the credential is wrong.`,
			}),
		);
	}

	over() {
		const { known } = this;
		if (known.since === undefined || known.calmSince !== undefined) return;
		known.calmSince = clock.now();
		if (known.reportedAt !== undefined) this.logger.info(`${this.what} works again.`);
	}
}
