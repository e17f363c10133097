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

/** Since when it lasts, and when it was told of last; ms since 1970. */
export interface KnownTrouble {
	since?: number;
	reportedAt?: number;
}

/** Tells of a trouble that lasts: in the log at once, and as a failed execution when it has lasted long, once a day. */
export class Trouble {
	constructor(
		private readonly what: string,
		private readonly reportAfterMs: number,
		private readonly node: INode,
		private readonly logger: ITriggerFunctions['logger'],
		private readonly report: (error: NodeOperationError) => void,
		private readonly known: KnownTrouble = {},
	) {}

	happened(error: unknown) {
		const { known } = this;
		const now = clock.now();
		const reason = masked(reasonOf(error));
		if (known.since === undefined) this.logger.warn(`${this.what} is interrupted: ${reason}. It is tried again until it works.`);
		known.since ??= now;
		if (now - known.since < this.reportAfterMs || (known.reportedAt !== undefined && now - known.reportedAt < AGAIN_MS)) return;
		known.reportedAt = now;
		const minutes = Math.round((now - known.since) / 60_000);
		this.report(
			new NodeOperationError(this.node, `${this.what} has been interrupted for ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`, {
				description: `${reason}. It is tried again until it works, and what changed in the meantime is read then. Nothing has to be done in n8n, unless the credential is wrong.`,
			}),
		);
	}

	over() {
		if (this.known.since !== undefined) this.logger.info(`${this.what} works again.`);
		this.known.since = undefined;
		this.known.reportedAt = undefined;
	}
}
