/** One sandbox, this process and another one, for pairs of writes whose payments the ledger counts at the end. */
import type { IDataObject } from 'n8n-workflow';
import { anotherProcess, type AnotherProcess } from './anotherProcess';
import type { NodeSettings, Run } from './n8n';
import { batch, byId, seeded, type Seeded } from './samples';
import { useBench, type Bench } from './sandbox';
import { giveTimeBack, skipWaits } from './time';

const DAY_S = 24 * 3600;
/** Longer than any payment of a test waits. */
const FIVE_WEEKS_S = 35 * DAY_S;

/** A day so many days from now. */
export const dayAfter = (days: number) => new Date(Date.now() + days * DAY_S * 1000).toISOString().slice(0, 10);

export const USED = / was already used for something else$/;
export const PLAIN = { amount: '10.50', creditorName: 'A AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
/** The numbers of the pairs have no check digits. */
export const UNCHECKED = { swedishChecks: 'off' };

const outcomes = ({ json }: Run) => json.map(({ receipt }) => (receipt as IDataObject | undefined)?.outcome);
/** What a run came to: its error, if any, and its outcomes. */
export const saidBy = (...runs: readonly Run[]) => [...runs.flatMap(({ error }) => error?.message ?? []), ...runs.flatMap(outcomes)];

class PairBench {
	later!: AnotherProcess;
	seed!: Seeded;
	private tries = 0;
	private bookedBefore = 0;
	private counted = 0;
	private countedTo = 0;
	/** Payments that the ledger must have at the end of the test. */
	expected = 0;

	constructor(readonly bench: Bench) {}

	async begin() {
		this.seed = await seeded(this.bench);
		this.later = anotherProcess(this.bench);
		await this.payAll();
		await this.bench.fondo().run(
			this.instruction(
				'FILL',
				this.seed.accounts.map((account) => ({ account, amount: 50_000 })),
			),
		);
		this.advance();
	}

	/** A number that no other try has. */
	next = () => (this.tries += 1);
	advance = () => void this.bench.sandbox.admin.clock.advance(FIVE_WEEKS_S);
	/** Writes so far: those since the last look are added. */
	writes() {
		const all = this.bench.sandbox.admin.requests();
		const since = all.slice(Math.max(0, all.length - ((all.at(-1)?.seq ?? 0) - this.countedTo)));
		this.counted += since.filter(({ method, path }) => method === 'POST' && !/\/auth\//.test(path)).length;
		this.countedTo = all.at(-1)?.seq ?? 0;
		return this.counted;
	}

	/** The payments in the ledger since the last call, after everything was approved and executed; drafts are submitted before. */
	async booked({ drafts = true } = {}) {
		await this.payAll(drafts);
		const all = this.bench.sandbox.admin.ledger().length;
		const since = all - this.bookedBefore;
		this.bookedBefore = all;
		return since;
	}

	paying = (reference: string, rows: readonly IDataObject[], changed: IDataObject = {}) =>
		batch(this.seed, { reference, payments: { rows }, options: UNCHECKED, ...changed });

	instruction = (reference: string, payments: readonly IDataObject[]) => ({
		resource: 'paymentInstruction',
		operation: 'create',
		parameters: { client: byId(this.seed.client), reference, payments: { rows: payments as IDataObject[] } } as never,
	});

	/** Two writes, the second in this process or in another one: the same thing is found, and for another thing nothing is sent. */
	async twice(first: NodeSettings, second: NodeSettings, isSame: boolean, isLater: boolean) {
		const api = first.resource === 'paymentBatch' ? 'finvis' : 'fondo';
		expect(saidBy(await this.bench[api]().run(first))).toEqual(['created']);
		this.expected += 1;
		const before = this.writes();
		const again = await (isLater ? this.later : this.bench)[api]().run(second);
		expect(this.writes()).toBe(before);
		expect(saidBy(again)).toEqual([isSame ? 'found' : expect.stringMatching(USED)]);
	}

	private async payAll(withDrafts = true) {
		const list = async (resource: string, operation: string) =>
			(await this.bench.finvis().run({ resource, operation, parameters: { returnAll: true } })).json;
		const act = async (resource: string, operation: string, of: string, rows: IDataObject[]) => {
			const parameters = { [of]: byId('={{ $json.id }}'), options: { itemsAtOnce: 5 } };
			if (rows.length === 0) return;
			const { error } = await this.bench.finvis().run({ resource, operation, parameters }, rows);
			expect(error).toBeUndefined();
		};
		const drafts = (await list('paymentBatch', 'getMany')).filter(({ status }) => withDrafts && status === 'draft');
		await act('paymentBatch', 'submit', 'paymentBatch', drafts);
		await act('approval', 'approve', 'approval', await list('approval', 'getManyPending'));
		this.advance();
	}
}

export function usePairBench(): PairBench {
	const pairs = new PairBench(useBench({ settings: { finvis: { rateLimit: null }, fondo: { rateLimit: null } } }));
	beforeAll(async () => await pairs.begin());
	beforeEach(async () => {
		skipWaits();
		await pairs.booked();
		pairs.expected = 0;
	});
	afterEach(async () => {
		giveTimeBack();
		expect(await pairs.booked()).toBe(pairs.expected);
	});
	return pairs;
}
