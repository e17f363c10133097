// The globalSetup and globalTeardown of the jest projects that need running programs.
import { Failure } from '../../base/failure';
import { stopAll } from '../../base/processes';
import { stopOnSignals } from '../../base/tool';
import { serveProcessControl } from '../processControl';
import type { Restartable } from '../service';
import type { FreshStack } from '../stack';
import { variableOf } from './setupResult';

interface ProjectConfig {
	readonly globals: { readonly project: string };
}

let isPrepared = false;

/** A globalSetup: starts what a project needs, and hands JSON to its tests. All programs end with jest, also on Ctrl-C. */
export const globalSetup =
	(start: () => Promise<unknown>) =>
	async (_: unknown, { globals: { project } }: ProjectConfig): Promise<void> => {
		if (!isPrepared) stopOnSignals();
		isPrepared = true;
		try {
			process.env[variableOf(project)] = JSON.stringify(await start());
		} catch (error) {
			await stopAll();
			if (!(error instanceof Failure)) throw error;
			throw new Error(`${error.message}${error.advice ? `\n  What to do: ${error.advice}` : ''}`);
		}
	};

/** The globalTeardown of every project. */
export const globalTeardown = async (): Promise<void> => await stopAll();

/** What the tests must know of a stack. `services` can be started, stopped and killed beside n8n; `extra` is what the project adds. */
export async function describeStack(
	{ editorUrl, n8n, ports, tarball, dataFolder }: FreshStack,
	{ services = {}, extra = {} }: { services?: Readonly<Record<string, Restartable>>; extra?: unknown } = {},
) {
	const controlUrl = await serveProcessControl({ n8n, ...services });
	return { ports, tarball, dataFolder, editorUrl, controlUrl, extra };
}

export type StackDescription = Awaited<ReturnType<typeof describeStack>>;
