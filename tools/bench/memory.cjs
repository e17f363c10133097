// What a process holds, looked at from inside: in n8n by the probe, in the raw loop by itself.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Each look takes a quarter of a millisecond of a large process. */
const LOOK_EVERY_MS = 50;
let peak;

const look = () => {
	const { rss, heapUsed } = process.memoryUsage();
	peak.rss = Math.max(peak.rss, rss);
	peak.heapUsed = Math.max(peak.heapUsed, heapUsed);
};

/** What is alive now: { heap } after a full collection, and the whole process { rss }, in bytes. */
function alive() {
	collect();
	collect();
	const { heapUsed, rss } = process.memoryUsage();
	return { heap: heapUsed, rss };
}

let watch;

/** Begins to look for the most that is used from now on; gives what is alive at the beginning. */
function begin() {
	clearInterval(watch);
	const start = alive();
	peak = { rss: start.rss, heapUsed: start.heap };
	watch = setInterval(look, LOOK_EVERY_MS).unref();
	return start;
}

/** The most of both since `begin`. */
function end() {
	look();
	clearInterval(watch);
	return { rss: peak.rss, heap: peak.heapUsed };
}

module.exports = { alive, begin, end };
