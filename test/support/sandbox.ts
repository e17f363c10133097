import type { IDataObject } from 'n8n-workflow';
import type { Sandbox, SandboxOptions } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import type { FinvisType, FondoType } from './n8n';
import { Engine } from './n8n';

/** The sandbox on free ports, with an engine for each node and a credential that fits. */
export interface Bench {
	readonly sandbox: Sandbox;
	fondo(credential?: IDataObject, type?: FondoType): Engine;
	finvis(credential?: IDataObject, type?: FinvisType): Engine;
}

/** A bench for the tests of a file, or of a `describe`. */
export function useBench(options?: SandboxOptions): Bench {
	let started: Bench | undefined;
	const bench = () => {
		if (started === undefined) throw new Error('The bench starts before the first test');
		return started;
	};
	beforeAll(async () => {
		started = await startBench(options);
	});
	afterAll(async () => await started?.sandbox.stop());
	return {
		get sandbox() {
			return bench().sandbox;
		},
		fondo: (...of) => bench().fondo(...of),
		finvis: (...of) => bench().finvis(...of),
	};
}

export async function startBench(options?: SandboxOptions): Promise<Bench> {
	const sandbox = await startSandbox(options);
	return {
		sandbox,
		fondo: (credential, type = 'fondo') =>
			new Engine(type, {
				environment: 'custom',
				baseUrl: sandbox.fondoUrl,
				clientId: 'fondo-demo',
				clientSecret: 'fondo-demo-secret',
				...credential,
			}),
		finvis: (credential, type = 'finvis') =>
			new Engine(type, {
				environment: 'custom',
				baseUrl: sandbox.finvisUrl,
				clientId: 'finvis-demo',
				clientSecret: 'finvis-demo-secret',
				...credential,
			}),
	};
}
