import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { inspectorAt } from '../harness/n8n/inspector';
import type { Measurement } from './trend';

const MIB = 1_048_576;

// This expression runs inside n8n.
const LOOK = `({
	heapBytes: process.memoryUsage().heapUsed,
	rssBytes: process.memoryUsage.rss(),
	resources: process.getActiveResourcesInfo(),
	listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
})`;

interface Looked {
	readonly heapBytes: number;
	readonly rssBytes: number;
	readonly resources: readonly string[];
	readonly listeners: number;
}

function openFilesOf(pid: number | undefined): number {
	const folder = `/proc/${pid}/fd`;
	return existsSync(folder) ? readdirSync(folder).length : 0;
}

export interface Measurer {
	/** Memory is in MiB; the heap is measured after a garbage collection. */
	measure(): Promise<Omit<Measurement, 'at'>>;
	close(): void;
}

/** Measures a Node program at rest, from outside and through its inspector. */
export async function measurerOf({ pid, inspectPort }: { pid: number | undefined; inspectPort: number }): Promise<Measurer> {
	const inspector = await inspectorAt(inspectPort);
	const measure = async () => {
		// Twice, because the first collection only runs the finalizers of some objects.
		await inspector.collectGarbage();
		await inspector.collectGarbage();
		const { heapBytes, rssBytes, resources, listeners } = await inspector.evaluate<Looked>(LOOK);
		const count = (kind: RegExp) => resources.filter((one) => kind.test(one)).length;
		return {
			heap: heapBytes / MIB,
			rss: rssBytes / MIB,
			files: openFilesOf(pid),
			sockets: count(/^(TCP|TLS)SocketWrap$/),
			timers: count(/^Timeout$/),
			listeners,
		};
	};
	return { measure, close: inspector.close };
}

/** How often Node warned in this log that an emitter has too many listeners. */
export const listenerWarnings = (logFile: string): number =>
	(readFileSync(logFile, 'utf8').match(/MaxListenersExceededWarning/g) ?? []).length;
