import type { IDataObject, IRun, ITriggerFunctions } from 'n8n-workflow';
import { fondo } from '../../../nodes/Fondo/api';
import { ofClosedTriggers } from '../../../nodes/Fondo/events/outbox/store';
import { listen } from '../../../nodes/Fondo/events/stream/listen';
import { generator } from '../simulate';
import { Time, WORLD } from './time';

const EVENT_EVERY_MS = 10;
const MEASURED_MS = 40_000;
/** Of what n8n writes in a second at most, an event has this part: 60 kB and 100 events. */
const MOST_BYTES_AN_EVENT = 600;
/** n8n writes so long. It writes again with each execution that it starts meanwhile. */
const WRITE_MS = 60;
const EXECUTION_MS = 50;

const sockets = new Map<string, FakeSocket>();
let time: Time;

/** Fondo's stream of one client. */
class FakeSocket {
	binaryType = '';
	private readonly listeners = new Map<string, (event: object) => void>();

	constructor(url: string) {
		sockets.set(/client\/([^/]+)\/subscribe/.exec(url)?.[1] ?? '', this);
		time.after(5, () => this.say('open', {}), WORLD);
	}

	addEventListener(name: string, listener: (event: object) => void) {
		this.listeners.set(name, listener);
	}

	say(name: string, event: object) {
		this.listeners.get(name)?.(event);
	}

	close() {
		this.listeners.clear();
	}
}

/** n8n 2.41: it writes the static data when it starts an execution and the data has changed since the last write that has ended. */
function n8nWith(parameters: Readonly<Record<string, unknown>>) {
	const counted = { bytes: 0, executions: 0 };
	let isChanged = false;
	const staticData = new Proxy<IDataObject>({}, { set: (target, name, value) => (isChanged = true) && Reflect.set(target, name, value) });
	const emit: ITriggerFunctions['emit'] = ([items], _response, done) => {
		counted.executions += items.length;
		if (isChanged) {
			counted.bytes += JSON.stringify(staticData).length;
			time.after(WRITE_MS, () => (isChanged = false));
		}
		time.after(EXECUTION_MS, () => done?.resolve({ finished: true } as IRun));
	};
	const headers = () => ({ date: new Date(time.now).toUTCString(), 'content-type': 'application/json' });
	const context = {
		getMode: () => 'trigger',
		getActivationMode: () => 'activate',
		getWorkflow: () => ({ id: 'workflow', name: 'Workflow', active: true }),
		getNode: () => ({ id: 'node', name: 'Fondo Trigger', type: 'fondoTrigger', typeVersion: 1, position: [0, 0], parameters: {} }),
		getNodeParameter: (name: string, otherwise: unknown) => parameters[name] ?? otherwise,
		getCredentials: async () => await Promise.resolve({ environment: 'local', clientId: 'p', clientSecret: 's', accessToken: 't' }),
		getWorkflowStaticData: () => staticData,
		logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
		saveFailedExecution: () => undefined,
		emit,
		helpers: {
			httpRequest: async () => await Promise.resolve({ statusCode: 503, body: '', headers: {} }),
			httpRequestWithAuthentication: async () => await Promise.resolve({ statusCode: 200, body: '[]', headers: headers() }),
		},
	};
	return { counted, context: context as unknown as ITriggerFunctions };
}

const frameOf = (kind: string, nth: number) => {
	const date = new Date(time.now).toISOString();
	const state = { id: `order-${nth}`, status: 'received' };
	const created = { eventType: 'order.create', current: { ...state, createdDate: date, modifiedDate: date } };
	return JSON.stringify(kind === 'delete' ? { eventType: 'order.delete', previous: state } : created);
};

/** The bytes that n8n writes for an event, where 100 events a second come to this many clients. */
async function bytesAnEvent(clients: number, kind: string, gatherSeconds: number) {
	const ids = Array.from({ length: clients }, (_, index) => `client-${index}`);
	const { counted, context } = n8nWith({ clients: ids, objects: ['order'], 'options.gatherSeconds': gatherSeconds });
	const opening = listen(context, fondo);
	await time.pass(60_000);
	const { closeFunction } = await opening;
	expect(sockets.size).toBe(clients);
	const sent = MEASURED_MS / EVENT_EVERY_MS;
	for (let nth = 0; nth < sent; nth += 1) {
		sockets.get(ids[nth % clients])?.say('message', { data: frameOf(kind, nth) });
		await time.pass(EVENT_EVERY_MS);
	}
	const bytes = counted.bytes / sent;
	await time.pass(60_000);
	expect(counted.executions).toBe(sent);
	await closeFunction?.();
	return bytes;
}

const { WebSocket } = globalThis;
let release: () => void;
beforeEach(() => {
	time = new Time(generator(1));
	release = time.own();
	sockets.clear();
	ofClosedTriggers.clear();
	Object.assign(globalThis, { WebSocket: FakeSocket });
});
afterEach(() => {
	release();
	Object.assign(globalThis, { WebSocket });
});

test.each([
	['orders one by one', 'create', 0],
	['orders gathered for a second', 'create', 1],
	['deletions, which no list shows again', 'delete', 0],
])(
	'what n8n writes for an event does not grow with the clients: %s',
	async (_, kind, gatherSeconds) => {
		for (const clients of [10, 100, 1_000]) {
			const bytes = await bytesAnEvent(clients, kind, gatherSeconds);
			expect(bytes).toBeLessThan(MOST_BYTES_AN_EVENT);
		}
	},
	120_000,
);
