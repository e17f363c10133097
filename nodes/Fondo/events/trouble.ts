import type { INode, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { masked } from '../../shared/transport/errors';
import { clock } from '../../shared/transport/clock';

const AGAIN_MS = 24 * 3_600_000;

const reasonOf = (error: unknown) => {
	if (!(error instanceof Error)) return String(error);
	const { description } = error as { description?: unknown };
	return [error.message, typeof description === 'string' ? description : ''].filter(Boolean).join('. ');
};

/** Tells of a trouble that lasts: in the log at once, and as a failed execution when it has lasted long, once a day. */
export class Trouble {
	private since: number | undefined;
	private reportedAt: number | undefined;

	constructor(
		private readonly what: string,
		private readonly reportAfterMs: number,
		private readonly node: INode,
		private readonly logger: ITriggerFunctions['logger'],
		private readonly report: (error: NodeOperationError) => void,
	) {}

	happened(error: unknown) {
		const now = clock.now();
		const reason = masked(reasonOf(error));
		if (this.since === undefined) this.logger.warn(`${this.what} is interrupted: ${reason}. It is tried again until it works.`);
		this.since ??= now;
		if (now - this.since < this.reportAfterMs || (this.reportedAt !== undefined && now - this.reportedAt < AGAIN_MS)) return;
		this.reportedAt = now;
		const minutes = Math.round((now - this.since) / 60_000);
		this.report(
			new NodeOperationError(this.node, `${this.what} has been interrupted for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
				description: `${reason}. It is tried again until it works, and what changed in the meantime is read then. Nothing has to be done in n8n, unless the credential is wrong.`,
			}),
		);
	}

	over() {
		if (this.since !== undefined) this.logger.info(`${this.what} works again.`);
		this.since = undefined;
		this.reportedAt = undefined;
	}
}
