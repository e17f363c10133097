import type { INodeParameters, INodePropertyCollection } from 'n8n-workflow';
import type { Field } from '../../nodes/shared/fields/field';
import type { Operation } from '../../nodes/shared/operation';
import { isRecorded } from '../../nodes/shared/resource';
import { apis, operationsIn } from '../../test/support/contract';
import { Failure } from '../base/failure';
import type { FinvisClient, FondoClient } from '../harness/apiClient';
import { byId } from '../harness/n8n/workflow';
import type { Job } from './messages';

/** An operation that executes once, by its place in the panel, such as `order.create`. */
export interface OnceOperation {
	readonly at: string;
	readonly node: Job['node'];
	readonly definition: Operation;
	/** For an act on one object: the field that chooses it. */
	readonly target?: string;
}

const targetOf = ({ fields, isAct }: Operation) => (isAct ? Object.keys(fields).at(-1) : undefined);

/** Every operation of the nodes that executes once: a list shows its reference, or it acts on one object. A new one is in the run by itself. */
export const OPERATIONS: readonly OnceOperation[] = apis.flatMap(({ contract, resources }) =>
	operationsIn(resources)
		// Execute Plan sends what Create sends, and takes a plan that another step made.
		.filter(({ operation }) => isRecorded(operation) && operation.plan === undefined)
		.map(({ at, operation }) => ({ at, node: contract.name, definition: operation, target: targetOf(operation) })),
);

export function operationAt(at: string): OnceOperation {
	const found = OPERATIONS.find((one) => one.at === at);
	if (found === undefined) throw new Failure(`The nodes have no operation ${at} that executes once`);
	return found;
}

export const makesBatch = ({ definition: { route } }: OnceOperation) => route === 'POST /payments/batches/';

/** An input item: the values of fields by their names. */
export type Item = Readonly<Record<string, string>>;

/** What the sandbox was seeded with and the plan needs. */
export interface SeedData {
	/** Investor accounts that can pay, with values for fields of Fondo. */
	readonly savers: readonly Item[];
	/** Values for fields of Finvis. */
	readonly payer: Item;
}

interface Instrument {
	readonly id: string;
	readonly currency: string;
	readonly isBuyable: boolean;
	readonly isSellable: boolean;
}

interface InvestorAccount {
	readonly id: string;
	readonly status: string;
	readonly owner: { readonly ssn: string };
	readonly bankAccounts: ReadonlyArray<{ readonly id: string }>;
	readonly positions: ReadonlyArray<{ readonly instrument: string; readonly units: number }>;
}

interface BankAccount {
	readonly id: string;
	readonly currency: string;
	readonly available_balance: string;
}

const DAY_MS = 86_400_000;
/** Swedish bank holidays that can be a Wednesday. */
const HOLIDAYS = ['01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31'];

/** A Wednesday that is later than every day that the run skips to. */
function bankDay(): string {
	for (let time = Date.now() + 150 * DAY_MS; ; time += DAY_MS) {
		const day = new Date(time);
		const text = day.toISOString().slice(0, 10);
		if (day.getUTCDay() === 3 && !HOLIDAYS.includes(text.slice(5))) return text;
	}
}

export async function readSeedData({ fondo, finvis }: { fondo: FondoClient; finvis: FinvisClient }): Promise<SeedData> {
	const instruments = await fondo.read<Instrument[]>('/instrument');
	const isTraded = (id: string) => instruments.some((one) => one.id === id && one.currency === 'SEK' && one.isBuyable && one.isSellable);
	const savers: Item[] = [];
	for (const client of await fondo.read<Array<{ id: string }>>('/client')) {
		for (const account of await fondo.read<InvestorAccount[]>(`/client/${client.id}/account`)) {
			const { id, status, owner, bankAccounts, positions } = account;
			const instrument = positions.find((held) => held.units > 50 && isTraded(held.instrument))?.instrument;
			if (status !== 'active' || instrument === undefined) continue;
			savers.push({ client: client.id, account: id, bankAccount: bankAccounts[0].id, executorRef: owner.ssn, instrument });
		}
	}
	const [payer] = (await finvis.list<BankAccount>('/accounts/'))
		.filter(({ currency }) => currency === 'SEK')
		.sort((a, b) => Number(b.available_balance) - Number(a.available_balance));
	return { savers, payer: { account: payer.id, executionDate: bankDay() } };
}

/** The input item of a payment. `amount` is below ten. */
export const itemOf = (values: Item, reference: string, amount: number): Item => ({
	...values,
	reference,
	amount: (100 + amount).toFixed(2),
	units: (0.001 + amount / 1_000).toFixed(4),
});

/** The value of the item that has the field's name, else the example of a required field. */
const valueOf = (name: string, isRequired: boolean | undefined, example: unknown, item: Item) =>
	name in item ? `={{ $json.${name} }}` : isRequired ? example : undefined;

const withoutEmpty = (entries: ReadonlyArray<readonly [string, unknown]>) =>
	Object.fromEntries(entries.filter(([, value]) => value !== undefined));

/** A table has one row. */
function tableOf({ property, example }: Field<unknown>, item: Item) {
	const [row] = example as Array<Record<string, unknown>>;
	const columns = (property.options as INodePropertyCollection[]).flatMap(({ values }) => values);
	return { rows: [withoutEmpty(columns.map(({ name, required }) => [name, valueOf(name, required, row[name], item)]))] };
}

function parameterOf(name: string, field: Field<unknown>, item: Item): unknown {
	const { property, example } = field;
	if (property.type === 'fixedCollection') return tableOf(field, item);
	const value = valueOf(name, property.required, example, item);
	return property.type === 'resourceLocator' ? byId(String(value)) : value;
}

/** The node of an operation; it reads from its items every value that they have. */
export function nodeOf(
	{ at, node, definition }: OnceOperation,
	item: Item,
): Pick<Job, 'node'> & { resource: string; operation: string; parameters: INodeParameters } {
	const [resource, operation] = at.split('.');
	const fields = Object.entries({ ...definition.fields, ...definition.perRow });
	const parameters = withoutEmpty(fields.map(([name, field]) => [name, parameterOf(name, field, item)])) as INodeParameters;
	return { node, resource, operation, parameters };
}
