// The raw loop: axios and nothing else, in a process of its own. One plan as JSON comes in, one line of figures goes out.
const axios = require('axios');
const memory = require('./memory.cjs');

const WARM_UP = 30;

/** Calls at most `atOnce` at the same time, until all are made: how many were answered well. */
async function calls(http, { count, atOnce, method = 'get', url, body, reference }) {
	let next = 0;
	let ok = 0;
	const worker = async () => {
		while (next < count) {
			const number = next++;
			const { status } = await http.request({
				method,
				url,
				data: body && { ...body, name: `${reference}-${number}` },
				headers: reference && { 'idempotency-key': `${reference}-${number}` },
				validateStatus: () => true,
			});
			if (status < 300) ok += 1;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return { ok, failed: count - ok };
}

/** Pages by the sortedId of the last row, all rows kept. */
async function pages(http, { url, size }) {
	const rows = [];
	for (let start; ;) {
		const { data } = await http.get(url, { params: { limit: size, start } });
		const news = data.filter(({ sortedId }) => start === undefined || sortedId > start);
		if (news.length === 0) return { ok: rows.length, failed: 0, rows };
		for (const row of news) rows.push(row);
		start = news.at(-1).sortedId;
	}
}

async function main({ token, job, warmUp, ...plan }) {
	const http = axios.create({ headers: { authorization: `Bearer ${token}` } });
	if (warmUp) await calls(http, { count: WARM_UP, atOnce: 5, url: warmUp });
	const before = memory.begin();
	const began = performance.now();
	const { rows, ...figures } = await { calls, pages }[job](http, plan);
	const wall = performance.now() - began;
	const peak = memory.end();
	const held = memory.alive().heap - before.heap;
	console.log(
		JSON.stringify({ wall, ...figures, ...(rows && { held }), peakHeap: peak.heap - before.heap, peakProcess: peak.rss - before.rss }),
	);
}

void main(JSON.parse(process.argv[2]));
