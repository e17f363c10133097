import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../../test/support/n8n';
import { batch, subscription } from '../../../test/support/samples';

/** What one execution cost. */
export interface Cost {
	readonly wall: number;
	/** Bytes that the process holds beyond what it held before: objects, and the buffers outside the heap in which the index of the history is. */
	readonly held: number;
}

const [api, baseUrl] = process.argv.slice(2);
const seed = { client: 'c', accounts: ['a'], instrument: 'SE0001862426SEK', bankAccount: 'b', secondBankAccount: '' };
const credential = { environment: 'custom', baseUrl, clientId: 'me', clientSecret: 'secret' };

const memoryUsed = () => {
	globalThis.gc?.();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
};

/** Two executions in one process, each with one write. */
async function main() {
	const engine = new Engine(api === 'fondo' ? 'fondo' : 'finvis', credential);
	const settings = api === 'fondo' ? subscription(seed) : batch(seed);
	const before = memoryUsed();
	for (const reference of ['first', 'second']) {
		const began = performance.now();
		const { error, json } = await engine.run(settings, [{ reference }]);
		const { outcome } = (json[0]?.receipt ?? {}) as IDataObject;
		if (outcome !== 'created') throw new Error(`${error?.message} ${error?.description}`);
		const cost: Cost = { wall: performance.now() - began, held: memoryUsed() - before };
		process.send?.(cost);
	}
	process.exit(0);
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
