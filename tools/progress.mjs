const HEARTBEAT_MS = 15_000;
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Announces a step, shows that it is alive while it takes long, and says how long it took. */
export async function step(title, work) {
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
