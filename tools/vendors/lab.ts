/** Every operation of one API over vendors of some positions: the real sandbox over HTTP, and the nodes in n8n's engine. */
import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox';
import { behaviourOf, positionsOf } from '../../sandbox/vendors';
import type { Api, Behaviour } from '../../sandbox/vendors/position';
import type { Fields } from '../../sandbox/vendors/writeFields';
import { withPlan } from '../../test/support/plan';
import { FinvisClient, FondoClient, type Row } from '../harness/apiClient';
import { probes } from './probes';
import { defect, judgeError, type Judged, judgeRows, judgeWrite, type Shown, WORKS } from './judge';
import { type NamedOperation, type NodeProcess, operationsOf, startProcess } from './nodeProcess';
import { parametersOf } from './parameters';
import { HIDES, ignoredBy, sentAmounts, shown } from './seen';
import { makeTargets, pathOf, SCOPES, type Targets } from './targets';

/** The verdict for each operation and probe, by its name. */
export type Verdicts = Readonly<Record<string, Judged>>;

const LIMIT = 3;
/** Each write is made twice with its answers, and twice with the first answer lost. */
const TIMES = 2;
/** Between the first and the second run of a write. */
const SECONDS_BETWEEN = 15;

/** Their items say what the node found out about this vendor. */
const FREE_ITEMS = /^system\.|^paymentBatch\.(check|preparePlan)$/;

export class Lab {
	private constructor(
		readonly api: Api,
		private readonly reads: Sandbox,
		private readonly writes: Sandbox,
		private readonly targets: Targets,
		readonly operations: readonly NamedOperation[],
	) {}

	private readonly usual = new Map<string, readonly Fields[]>();

	static async open(api: Api): Promise<Lab> {
		// The clock moves only when a node waits, so that all positions are seen at one time.
		const options = { speed: 0, transactions: 800, settings: { finvis: { rateLimit: null } } };
		const [reads, writes] = [await startSandbox(options), await startSandbox(options)];
		const lab = new Lab(api, reads, writes, await makeTargets(api, reads, TIMES), operationsOf(api));
		const process = startProcess(new Map());
		for (const one of lab.readers()) await lab.noteUsual(one, process);
		return lab;
	}

	async close(): Promise<void> {
		await Promise.all([this.reads.stop(), this.writes.stop()]);
	}

	/** With `forgets`, n8n loses its database between two runs of a write. */
	async try(names: readonly string[], { forgets = false } = {}): Promise<Verdicts> {
		const positions = positionsOf(names);
		const vendor = behaviourOf(this.api, names);
		const verdicts: Record<string, Judged> = {};
		this.reads.admin.vendor.set(names);
		const process = startProcess(new Map());
		const hides = positions.filter(({ hooks }) => HIDES.some((hook) => hook in hooks)).map(({ name }) => name);
		for (const one of this.readers()) verdicts[one.at] = await this.judgeRead(one, { process, vendor, names, hides });
		this.reads.admin.vendor.set([]);
		Object.assign(verdicts, await this.judgeWrites(names, vendor, forgets));
		return verdicts;
	}

	private readonly readers = () => this.operations.filter(({ isWrite }) => !isWrite);

	private limitsOf({ operation }: NamedOperation): ReadonlyArray<number | undefined> {
		return 'returnAll' in operation.output.fields ? [undefined, LIMIT] : [undefined];
	}

	// Reads.

	private async noteUsual(one: NamedOperation, process: NodeProcess): Promise<void> {
		const { rows, error } = await this.read(one, undefined, process);
		if (error !== undefined) throw new Error(`${one.at} fails without a position: ${error.message} ${error.description}`);
		this.usual.set(one.at, rows);
	}

	private async read({ at, operation }: NamedOperation, limit: number | undefined, process: NodeProcess): Promise<Shown> {
		const parameters = {
			...parametersOf(operation, shown(this.targets.common, vendorOf(this.reads, this.api)), `read-${at}`),
			...(limit === undefined ? { returnAll: true } : { limit }),
			simplify: false,
		};
		return await this.run(this.reads, process, at, parameters);
	}

	private async judgeRead(
		one: NamedOperation,
		{ process, vendor, names, hides }: { process: NodeProcess; vendor: Behaviour; names: readonly string[]; hides: readonly string[] },
	): Promise<Judged> {
		let refused: Judged | undefined;
		for (const limit of this.limitsOf(one)) {
			const shown = await this.read(one, limit, process);
			const failed = judgeError(shown);
			if (failed?.verdict === 'defect') return failed;
			refused ??= failed;
			if (failed !== undefined) continue;
			const expected = await this.expected(one, names, hides);
			const judged = FREE_ITEMS.test(one.at)
				? shown.rows.length > 0
					? WORKS
					: defect('no items')
				: judgeRows(expected, shown.rows, {
						vendor,
						ignored: ignoredBy(vendor, this.api),
						limit: this.limitsOf(one).length > 1 ? limit : undefined,
					});
			if (judged.verdict === 'defect') return { ...judged, message: `${limit === undefined ? '' : `Limit ${limit}: `}${judged.message}` };
		}
		return refused ?? WORKS;
	}

	/** What the list has without positions, without the rows that this vendor hides. */
	private async expected(one: NamedOperation, names: readonly string[], hides: readonly string[]): Promise<readonly Fields[]> {
		const usual = this.usual.get(one.at) ?? [];
		if (hides.length === 0 || this.limitsOf(one).length === 1) return usual;
		this.reads.admin.vendor.set(hides);
		const ids = new Set((await this.listedAt(one)).map(({ id }) => id));
		this.reads.admin.vendor.set(names);
		return usual.filter(({ id }) => id === undefined || ids.has(String(id)));
	}

	private async listedAt({ operation }: NamedOperation): Promise<Row[]> {
		const path = pathOf(operation.route, this.targets.common);
		if (this.api === 'finvis') return await new FinvisClient(this.reads.finvisUrl).list(path);
		return await new FondoClient(this.reads.fondoUrl).read<Row[]>(path.replace('/v2/partner', ''));
	}

	// Writes.

	private async judgeWrites(names: readonly string[], vendor: Behaviour, forgets: boolean): Promise<Verdicts> {
		const { admin } = this.writes;
		admin.reset();
		const targets = await makeTargets(this.api, this.writes, TIMES);
		admin.vendor.set(names);
		const database = new Map<string, unknown[]>();
		const writers = this.operations.filter(({ isWrite }) => isWrite);
		const tries = writers.flatMap((one) =>
			[false, true].map((isLost, time) => {
				const known = { ...targets.common, ...targets.acts[one.at]?.[time] };
				return { one, isLost, parameters: parametersOf(one.operation, shown(known, vendor), `${one.at}-${isLost ? 'lost' : 'answered'}`) };
			}),
		);
		const results = tries.map(() => [] as Array<Shown & { executed: number }>);
		for (const round of [0, 1]) {
			const process = startProcess(forgets ? new Map() : database);
			process.onWait = (ms) => void admin.clock.advance(ms / 1000);
			for (const [index, { one, isLost, parameters }] of tries.entries())
				results[index].push(await this.write(process, one, parameters, round === 0 && isLost));
			admin.clock.advance(SECONDS_BETWEEN);
		}
		const verdicts: Record<string, Judged> = {};
		for (const [index, { one, isLost, parameters }] of tries.entries()) {
			const judged = judgeWrite({ runs: results[index], isRecorded: one.isRecorded, amounts: sentAmounts(parameters), vendor });
			const said = judged.message === undefined ? judged : { ...judged, message: `${isLost ? 'answer lost: ' : ''}${judged.message}` };
			verdicts[one.at] = worse(verdicts[one.at], said);
		}
		return { ...verdicts, ...(await this.judgeProbes(vendor, targets)) };
	}

	private async write(process: NodeProcess, { at, operation }: NamedOperation, parameters: INodeParameters, isLost: boolean) {
		const { admin } = this.writes;
		const [method, route] = operation.route.split(' ');
		const path = `^(/public)?${route.replace(/\{\w+\}/g, '[^/]+').replace(/\/$/, '')}/?$`;
		if (isLost) admin.faults.add({ match: { api: this.api, method, path }, kind: 'cut_after', times: 1 });
		const before = admin.requests().at(-1)?.seq ?? 0;
		const shown = await this.run(this.writes, process, at, parameters);
		admin.faults.clear();
		const executed = admin
			.requests()
			.filter(
				(request) => request.seq > before && request.acted === true && request.method === method && new RegExp(path).test(request.path),
			);
		return { ...shown, executed: executed.length };
	}

	/** What happens around an operation: a refused call, a throttled one, a token that no longer holds. */
	private async judgeProbes(vendor: Behaviour, targets: Targets): Promise<Verdicts> {
		const verdicts: Record<string, Judged> = {};
		const process = startProcess(new Map());
		process.onWait = (ms) => void this.writes.admin.clock.advance(ms / 1000);
		for (const probe of probes(this.api)) {
			const one = this.operations.find(({ at }) => at === probe.at);
			if (one === undefined) throw new Error(`There is no operation ${probe.at}.`);
			const known = shown({ ...targets.common, ...probe.known }, vendor);
			const parameters = { ...parametersOf(one.operation, known, `probe-${probe.name}`), ...probe.parameters };
			probe.before?.(this.writes.admin);
			const result = await this.write(process, one, parameters, false);
			verdicts[probe.name] = probe.judge({ ...result, vendor });
		}
		return verdicts;
	}

	private async run(sandbox: Sandbox, { Engine }: NodeProcess, at: string, parameters: INodeParameters): Promise<Shown> {
		const { api } = this;
		const baseUrl = api === 'fondo' ? sandbox.fondoUrl : sandbox.finvisUrl;
		const credential = {
			environment: 'custom',
			baseUrl,
			clientId: `${api}-demo`,
			clientSecret: `${api}-demo-secret`,
			...SCOPES[api],
		};
		const engine = new Engine(api, credential);
		const before = sandbox.admin.requests().at(-1)?.seq ?? 0;
		const [resource, operation] = at.split('.');
		const { items, error, waiting } = await engine.run({ resource, operation, parameters: withPlan(parameters, credential) }, undefined, {
			isLooped: true,
		});
		const calls = (sandbox.admin.requests().at(-1)?.seq ?? 0) - before;
		const rows = items.map(({ json, binary }) => ({ ...json, ...(binary === undefined ? {} : { file: binary.data?.data }) }));
		return { rows: waiting === undefined ? rows : [{ waits: true }], error, calls };
	}
}

const vendorOf = ({ admin }: Sandbox, api: Api) => behaviourOf(api, admin.vendor.on());

const SEVERITY = ['works', 'refused', 'defect'];
const worse = (one: Judged | undefined, other: Judged) =>
	one !== undefined && SEVERITY.indexOf(one.verdict) >= SEVERITY.indexOf(other.verdict) ? one : other;
