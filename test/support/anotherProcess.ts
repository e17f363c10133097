import type { IDataObject } from 'n8n-workflow';
import type { clock as Clock } from '../../nodes/shared/core/clock';
import type { Bench } from './sandbox';
import * as thisN8n from './n8n';
import type { FinvisType, FondoType } from './n8n';

/** Another process of n8n, as after a restart or on another worker: it shares n8n's database with this one, and nothing else. */
export interface AnotherProcess {
	fondo(credential?: IDataObject): thisN8n.Engine;
	finvis(credential?: IDataObject): thisN8n.Engine;
	readonly clock: typeof Clock;
	/** The waits of this process, which cost nothing. */
	readonly waits: number[];
}

export function anotherProcess({ sandbox }: Bench): AnotherProcess {
	let other: typeof thisN8n | undefined;
	let loadedClock: typeof Clock | undefined;
	jest.isolateModules(() => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		other = require('./n8n');
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		loadedClock = require('../../nodes/shared/core/clock').clock;
	});
	if (other === undefined || loadedClock === undefined) throw new Error('n8n could not be loaded again.');
	thisN8n.useMemoryRows();
	const { Engine } = other;
	const clock = loadedClock;
	const waits: number[] = [];
	clock.sleep = async (ms) => void waits.push(ms);
	const engineOf = (type: FondoType | FinvisType, baseUrl: string, credential: IDataObject = {}) =>
		new Engine(type, { environment: 'custom', baseUrl, clientId: `${type}-demo`, clientSecret: `${type}-demo-secret`, ...credential });
	return {
		fondo: (credential) => engineOf('fondo', sandbox.fondoUrl, credential),
		finvis: (credential) => engineOf('finvis', sandbox.finvisUrl, credential),
		clock,
		waits,
	};
}
