// @ts-check
const HEARTBEAT_MS = 15_000;

/** @param {number} since */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Announces a step, reports every 15 s that it still runs, and prints how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(title, work) {
	const began = Date.now();
	console.log(`- ${title}`);
	const heartbeat = setInterval(() => console.log(`  ... still at it (${seconds(began)})`), HEARTBEAT_MS);
	try {
		const result = await work();
		console.log(`  done in ${seconds(began)}`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}

module.exports = { step };
