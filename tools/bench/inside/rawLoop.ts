// `node rawLoop.js <JSON of a token and a RawJob>`: axios and nothing else, in a process of its own. Prints the figures as one line of JSON.
import axios, { type AxiosInstance } from 'axios';
import { memoryInUse, peakMemory, watchMemory } from './memory';
import type { RawJob, RunFigures } from './messages';

const WARM_UP = 30;

type Calls = Extract<RawJob, { job: 'calls' }>;
type Pages = Extract<RawJob, { job: 'pages' }>;

interface Row {
	readonly sortedId: string;
}

interface Made {
	readonly ok: number;
	readonly failed: number;
	/** Keeps what was read alive until the memory is measured. */
	readonly rows?: readonly Row[];
}

/** Makes all calls, at most `atOnce` at the same time. */
async function makeCalls(http: AxiosInstance, { count, atOnce, method = 'get', url, body, reference }: Omit<Calls, 'job'>): Promise<Made> {
	let next = 0;
	let ok = 0;
	const worker = async () => {
		while (next < count) {
			const number = next++;
			const { status } = await http.request({
				method,
				url,
				data: body && { ...body, name: `${reference}-${number}` },
				headers: reference === undefined ? undefined : { 'idempotency-key': `${reference}-${number}` },
				validateStatus: () => true,
			});
			if (status < 300) ok += 1;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return { ok, failed: count - ok };
}

/** Reads a list page by page, by the sortedId of the last row, and keeps all rows. */
async function readPages(http: AxiosInstance, { url, size }: Pages): Promise<Made> {
	const rows: Row[] = [];
	for (let start: string | undefined; ;) {
		const { data } = await http.get<Row[]>(url, { params: { limit: size, start } });
		const fresh = data.filter(({ sortedId }) => start === undefined || sortedId > start);
		if (fresh.length === 0) return { ok: rows.length, failed: 0, rows };
		for (const row of fresh) rows.push(row);
		start = fresh[fresh.length - 1].sortedId;
	}
}

async function measure(plan: RawJob & { readonly token: string }): Promise<RunFigures> {
	const http = axios.create({ headers: { authorization: `Bearer ${plan.token}` } });
	if (plan.warmUp !== undefined) await makeCalls(http, { count: WARM_UP, atOnce: 5, url: plan.warmUp });
	const before = watchMemory();
	const began = performance.now();
	const { ok, failed, rows } = await (plan.job === 'calls' ? makeCalls(http, plan) : readPages(http, plan));
	const wall = performance.now() - began;
	const peak = peakMemory();
	const held = memoryInUse().heap - before.heap;
	return {
		wall,
		ok,
		failed,
		held: rows === undefined ? 0 : held,
		peakHeap: peak.heap - before.heap,
		peakProcess: peak.rss - before.rss,
	};
}

void measure(JSON.parse(process.argv[2])).then((figures) => console.log(JSON.stringify(figures)));
