import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../nodes/shared/operation';
import type { Resources } from '../../nodes/shared/resource';
import type { Api } from '../../sandbox/vendors/position';
import { projectRoot } from '../base/project';
import { compile } from '../harness/compile';
import type * as Nodes from './nodes';

/** n8n's database: it outlives every process. */
export type Database = Map<string, unknown[]>;

/** What the nodes know of time. */
export type NodeClock = typeof Nodes.clock;

/** One process of n8n. It shares the database with earlier ones, and nothing else. */
export interface NodeProcess extends Pick<typeof Nodes, 'Engine'> {
	/** Called with the milliseconds of every wait, which costs nothing. */
	onWait: (ms: number) => void;
	/** Calls the listener for each warning and error in n8n's log, instead of the listener before. */
	listenToLog(listener: (text: string) => void): void;
}

export interface NamedOperation {
	/** Its place in the panel, such as `order.create`. */
	readonly at: string;
	readonly operation: Operation;
	readonly isWrite: boolean;
	/** Executed at most once under a reference, or on an object. */
	readonly isRecorded: boolean;
}

let loaded: (() => typeof Nodes) | undefined;

/** Compiled once: evaluating one file is much faster than loading hundreds again. */
function load(): typeof Nodes {
	if (loaded === undefined) {
		const folder = mkdtempSync(join(projectRoot, 'node_modules', '.vendors-'));
		const code = readFileSync(compile(join(__dirname, 'nodes.ts'), folder), 'utf8');
		rmSync(folder, { recursive: true });
		const evaluate = new Function('require', 'module', 'exports', code);
		loaded = () => {
			const module = { exports: {} as typeof Nodes };
			evaluate(require, module, module.exports);
			return module.exports;
		};
	}
	return loaded();
}

/** Without a clock of its own, a wait costs nothing. */
export function startProcess(database: Database, ownClock?: NodeClock): NodeProcess {
	const { Engine, memoryRows, clock, logger } = load();
	const listenToLog: NodeProcess['listenToLog'] = (listener) =>
		void Object.assign(logger(), { warn: (text: unknown) => listener(String(text)), error: (text: unknown) => listener(String(text)) });
	const started: NodeProcess = { Engine, onWait: () => undefined, listenToLog };
	let waited = 0;
	const now = clock.now;
	clock.now = () => now() + waited;
	clock.sleep = async (ms) => {
		// Other pending work runs first.
		await new Promise((resolve) => setImmediate(resolve));
		waited += ms;
		started.onWait(ms);
	};
	Object.assign(clock, ownClock === undefined ? {} : { now: ownClock.now, sleep: ownClock.sleep });
	memoryRows.read = async (row) => await Promise.resolve(database.get(row) ?? []);
	memoryRows.write = async (row, items) => void (await Promise.resolve(database.set(row, items)));
	return started;
}

/** Every operation of a node, from its registry. */
export function operationsOf(api: Api): readonly NamedOperation[] {
	const { isWrite, isRecorded, ...registries } = load();
	const resources: Resources = registries[api];
	return Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([key, operation]) => ({
			at: `${resource}.${key}`,
			operation,
			isWrite: isWrite(operation),
			isRecorded: isRecorded(operation),
		})),
	);
}
