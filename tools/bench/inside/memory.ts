// The memory of this process, measured from inside: the probe measures n8n, the raw loop measures itself.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** In bytes. */
export interface Memory {
	readonly heap: number;
	readonly rss: number;
}

/** One look takes a quarter of a millisecond in a large process. */
const LOOK_EVERY_MS = 50;

let peak: Memory = { heap: 0, rss: 0 };
let timer: NodeJS.Timeout | undefined;

function look(): void {
	const { rss, heapUsed } = process.memoryUsage();
	peak = { rss: Math.max(peak.rss, rss), heap: Math.max(peak.heap, heapUsed) };
}

/** The memory in use after a full garbage collection. */
export function memoryInUse(): Memory {
	collectGarbage();
	collectGarbage();
	const { heapUsed, rss } = process.memoryUsage();
	return { heap: heapUsed, rss };
}

/** Starts to watch the peak, and returns the memory in use at the start. */
export function watchMemory(): Memory {
	clearInterval(timer);
	const start = memoryInUse();
	peak = start;
	timer = setInterval(look, LOOK_EVERY_MS).unref();
	return start;
}

/** Stops to watch, and returns the highest values since `watchMemory`. */
export function peakMemory(): Memory {
	look();
	clearInterval(timer);
	return peak;
}
