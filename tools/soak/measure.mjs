import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { inspectorAt } from '../n8n-host/inspector.mjs';

const MIB = 1_048_576;

// Runs inside n8n.
const LOOK = `({
	heapBytes: process.memoryUsage().heapUsed,
	rssBytes: process.memoryUsage.rss(),
	resources: process.getActiveResourcesInfo(),
	listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
})`;

const filesOf = (pid) => (existsSync(`/proc/${pid}/fd`) ? readdirSync(`/proc/${pid}/fd`).length : undefined);

/** Measures a program at rest: { heap, rss } in MiB, heap being what is left after its garbage is gone, and { files, sockets, timers, listeners }. */
export async function measurerOf({ pid, inspectPort }) {
	const inspector = await inspectorAt(inspectPort);
	const measure = async () => {
		// Twice: what only finalizers held goes at the second time.
		await inspector.collectGarbage();
		await inspector.collectGarbage();
		const { heapBytes, rssBytes, resources, listeners } = await inspector.evaluate(LOOK);
		const count = (kind) => resources.filter((one) => kind.test(one)).length;
		return {
			heap: heapBytes / MIB,
			rss: rssBytes / MIB,
			files: filesOf(pid) ?? 0,
			sockets: count(/^(TCP|TLS)SocketWrap$/),
			timers: count(/^Timeout$/),
			listeners,
		};
	};
	return { measure, close: inspector.close };
}

/** How often Node has warned, in this log, that something collects listeners. */
export const listenerWarnings = (logFile) => (readFileSync(logFile, 'utf8').match(/MaxListenersExceededWarning/g) ?? []).length;
