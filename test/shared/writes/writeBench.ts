/** One vendor, one row of n8n's memory and two processes: the layers of a write as a node composes them, without HTTP. */
import type { IDataObject } from 'n8n-workflow';
import { finvis } from '../../../nodes/Finvis/api';
import { resources as finvisResources } from '../../../nodes/Finvis/resources';
import { fondo } from '../../../nodes/Fondo/api';
import { resources as fondoResources } from '../../../nodes/Fondo/resources';
import { UserError } from '../../../nodes/shared/core/userError';
import type { Fields } from '../../../nodes/shared/fields/field';
import { readFields } from '../../../nodes/shared/fields/readFields';
import type { Connection } from '../../../nodes/shared/http/connection';
import { errorMessage } from '../../../nodes/shared/http/errorMessages';
import { isSuccess, outcomeOf } from '../../../nodes/shared/http/errors';
import { fitPageSize } from '../../../nodes/shared/http/pageSize';
import type { ApiRequest } from '../../../nodes/shared/http/request';
import { compose } from '../../../nodes/shared/http/request';
import { retry } from '../../../nodes/shared/http/retry';
import { receiptOf } from '../../../nodes/shared/output/receipt';
import { readOnlyMemory } from '../../../nodes/shared/writes/memory';
import { rehearse } from '../../../nodes/shared/writes/rehearsal';
import { finvisVendor } from '../../../sandbox/vendors/model/finvis';
import { fondoVendor } from '../../../sandbox/vendors/model/fondo';
import type { VendorOptions } from '../../../sandbox/vendors/model/vendor';
import { generator } from '../../simulation/simulate';
import { type Fault, Worker, World } from '../../simulation/world';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const CLIENT = '11111111-1111-4111-8111-111111111111';

type ApiName = 'fondo' | 'finvis';

const APIS = {
	fondo: { api: fondo, resources: fondoResources, credential: { environment: 'local', clientId: 'partner' } },
	finvis: {
		api: finvis,
		resources: finvisResources,
		credential: { environment: 'local', clientId: 'partner', clientSecret: 'secret', tenantMode: 'own' },
	},
};

const examplesOf = (fields: Fields) => readFields(fields, (field) => fields[field]?.example, { timezone: 'Europe/Stockholm' });

/** What a user reads: an outcome, or the message of a refusal before anything was sent. */
export interface Said {
	readonly outcome: string;
	readonly message: string;
	readonly advice: string;
	readonly body: IDataObject;
	readonly receipt: IDataObject;
}

interface Settings {
	readonly process?: 0 | 1;
	/** What strikes the write; reads go through. */
	readonly fault?: Fault;
	readonly rehearsal?: boolean;
	/** Parts of the request that fields of the node set. */
	readonly more?: Partial<ApiRequest>;
}

export class WriteBench {
	readonly world: World;
	readonly processes: readonly [Worker, Worker];
	/** Routes of the calls that went out. */
	readonly calls: string[] = [];
	private readonly release: () => void;
	private readonly connection: Connection;

	constructor(
		private readonly name: ApiName,
		positions: readonly string[] = [],
		{ isShared = false, ...options }: VendorOptions & { readonly isShared?: boolean } = {},
	) {
		const vendor = name === 'fondo' ? fondoVendor({ ...options, positions }) : finvisVendor({ ...options, positions });
		this.world = new World(vendor, generator(16));
		this.release = this.world.own();
		this.processes = [new Worker(this.world, isShared), new Worker(this.world, isShared)];
		const { api, credential } = APIS[name];
		this.connection = api.connectionOf(credential);
	}

	end() {
		this.release();
	}

	/** Operations that the vendor executed, in order. */
	executed = () => this.world.vendor.effects().map(({ operation }) => operation);
	count = () => this.world.vendor.effects().length;
	after = async (ms: number) => await this.world.pass(ms);

	/** A request as the panel of an operation makes it: every field holds its example but for those given. */
	request(at: string, changed: Readonly<Record<string, unknown>> = {}, more: Partial<ApiRequest> = {}): ApiRequest {
		const [resource, key] = at.split('.');
		const operation = APIS[this.name].resources[resource].operations[key];
		const values: Record<string, unknown> = {
			...examplesOf(operation.fields),
			...('client' in operation.fields ? { client: CLIENT } : {}),
			...(operation.perRow === undefined ? {} : { rows: [examplesOf(operation.perRow)] }),
			...changed,
		};
		const built = operation.request(values);
		const reference = built.reference ?? (typeof values.reference === 'string' ? values.reference : undefined);
		const derivedFields = built.body && operation.derivedFields?.(built.body);
		return { route: operation.route, ...built, reference, lookup: operation.lookup, derivedFields, ...more };
	}

	/** One write to its end; time passes as it does. */
	async write(
		at: string,
		changed: Readonly<Record<string, unknown>> = {},
		{ process = 0, fault, rehearsal = false, more }: Settings = {},
	): Promise<Said> {
		const said = this.said(this.request(at, changed, more), { process, fault, rehearsal });
		await this.world.run(said);
		return await said;
	}

	/** Writes at the same time. */
	async together(
		...writes: ReadonlyArray<readonly [at: string, changed?: Readonly<Record<string, unknown>>, settings?: Settings]>
	): Promise<Said[]> {
		const all = Promise.all(
			writes.map(async ([at, changed, settings = {}]) => await this.said(this.request(at, changed, settings.more), settings)),
		);
		await this.world.run(all);
		return await all;
	}

	private async said(request: ApiRequest, { process = 0, fault, rehearsal = false }: Settings): Promise<Said> {
		const { api } = APIS[this.name];
		const worker = this.processes[process];
		const connection = { ...this.connection, rehearsal };
		let struck = fault;
		const send = worker.send(
			this.calls.length,
			({ route }) => {
				this.calls.push(route);
				if (route.startsWith('GET ')) return undefined;
				const now = struck;
				struck = undefined;
				return now;
			},
			() => undefined,
		);
		const memory = rehearsal ? readOnlyMemory(worker.memory()) : worker.memory();
		const stack = compose([
			...api.writes(connection, memory, worker.state),
			rehearse(connection, api.rehearsals),
			fitPageSize(worker.state.once('page sizes', () => new Map())),
			retry(),
		])(send);
		try {
			const response = await stack(request);
			const nothing = { message: '', advice: '' };
			const body = typeof response.body === 'object' && response.body !== null ? { ...response.body } : {};
			if (isSuccess(request, response)) {
				const receipt = receiptOf(request, response);
				return { ...nothing, outcome: String(receipt.outcome), body, receipt };
			}
			const outcome = outcomeOf(request, response) ?? 'rejected';
			const [message, advice] = errorMessage('The API', request, { ...response, outcome });
			return { outcome, message, advice, body: {}, receipt: {} };
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			return { outcome: 'refused', message: error.message, advice: error.description, body: {}, receipt: {} };
		}
	}
}
