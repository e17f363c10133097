import { bodyOf } from '../harness/fetchPatiently';
import { until } from '../harness/until';
import type { Memory } from './inside/memory';
import type { EndedExecution, HandedOver, ProbeAnswers } from './inside/messages';

interface Named {
	readonly id: string;
	readonly name: string;
}

/** The probe in n8n's process. */
export interface ProbeClient {
	/** The address that a workflow calls to mark a moment. */
	readonly markUrl: string;
	/** Starts to watch the memory of n8n. */
	begin(): Promise<Memory>;
	/** The highest values since `begin`, and the memory in use at the mark. */
	end(): Promise<ProbeAnswers['/end']>;
	/** The executions of a workflow that ended since the last question. */
	ended(workflow: Named): Promise<readonly EndedExecution[]>;
	/** What the trigger of a workflow handed to n8n since the last question. */
	handed(workflow: Named): Promise<readonly HandedOver[]>;
	/** How many milliseconds the trigger of a workflow took with each request since the last question. */
	answering(workflow: Named): Promise<readonly number[]>;
	/** Waits until this many more executions of a workflow have ended. */
	next(workflow: Named, count?: number): Promise<readonly EndedExecution[]>;
}

const TIMEOUT_MS = 600_000;
const POLL_MS = 50;

export function probeAt(port: number): ProbeClient {
	const url = `http://127.0.0.1:${port}`;
	const ask = async <Path extends keyof ProbeAnswers>(path: Path, workflow?: Named): Promise<ProbeAnswers[Path]> =>
		await bodyOf(await fetch(`${url}${path}${workflow ? `?workflow=${workflow.id}` : ''}`));
	const ended = async (workflow: Named) => await ask('/ended', workflow);
	return {
		markUrl: `${url}/mark`,
		begin: async () => await ask('/begin'),
		end: async () => await ask('/end'),
		ended,
		handed: async (workflow) => await ask('/handed', workflow),
		answering: async (workflow) => await ask('/answering', workflow),
		next: async (workflow, count = 1) => {
			const found: EndedExecution[] = [];
			const isComplete = async () => {
				found.push(...(await ended(workflow)));
				return found.length >= count && found;
			};
			return await until(isComplete, {
				what: `${count} executions of '${workflow.name}' have ended`,
				timeoutMs: TIMEOUT_MS,
				everyMs: POLL_MS,
				explain: () => `(${found.length} have)`,
			});
		},
	};
}
