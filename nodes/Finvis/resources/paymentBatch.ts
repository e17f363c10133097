import { choice } from '../../shared/fields/choice';
import { day, today } from '../../shared/fields/date';
import type { OptionalValuesOf, ValuesOf } from '../../shared/fields/field';
import { optional, withCheck } from '../../shared/fields/field';
import { reference } from '../../shared/fields/reference';
import { table } from '../../shared/fields/table';
import { text } from '../../shared/fields/text';
import { byPageNumber } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { bankDayFrom, executionDay } from '../../shared/swedish/bankDay';
import { locator, operation } from '../contract';
import { nameInWords } from '../batchName';
import { totalsOf } from '../controls/batch';
import { expected, fourEyes, limitPerPayment } from '../controls/fields';
import { duplicateRows, equalPayments, payment, paymentsOf } from '../payments';
import { accountLocator } from './account';

const batchLocator = locator('GET /payments/batches/', {
	label: 'Payment Batch',
	description: 'The payment batch. Search by name, amount or status.',
	example: '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e',
	paging: byPageNumber,
	show: ({ name, total_amount, currency, status, id }) => ({
		name: `${String(name)} (${String(total_amount)} ${String(currency)}, ${String(status)})`,
		value: id,
	}),
});

const simple: SimpleFields = {
	id: 'id',
	name: 'name',
	status: 'status',
	account_id: 'account_id',
	currency: 'currency',
	total_amount: 'total_amount',
	payment_count: 'payment_count',
	execution_date: 'execution_date',
	created_at: 'created_at',
};

/** The day on which the bank is asked to pay. */
const executionDayOf = (date: string, bankDay: string | undefined) => (bankDay === 'next' ? bankDayFrom(date) : date);

const executionDate = withCheck(
	(date, { bankDay }, { timezone }) => executionDay(executionDayOf(date, bankDay === 'next' ? 'next' : 'keep'), today(timezone)),
	day({ label: 'Execution Date', description: 'The day on which the bank is to pay', example: '2027-03-05' }),
);

const bankDay = optional(
	choice({
		label: 'If Not a Bank Day',
		description:
			'What to do when Swedish banks are closed on the execution date. With Keep the Date, the option Swedish Checks decides whether this is an error.',
		options: { keep: 'Keep the Date', next: 'Take the Next Bank Day' },
		initial: 'keep',
	}),
);

/** The fields of a batch that are not fields of its payments. */
const batchFields = { account: accountLocator, executionDate, bankDay, reference };
const batchOptions = {
	currency: text({
		label: 'Currency',
		description: 'Currency of the payments, as a three-letter code. SEK if you leave it out.',
		example: 'SEK',
	}),
	name: text({
		label: 'Name',
		description: 'Name of the batch. The node adds the reference, because it finds the batch again by its name.',
		example: 'Suppliers week 10',
	}),
	duplicateRows,
	ifMadeByOther: choice({
		label: 'If Somebody Else Made It',
		description:
			'What to do when a batch with this reference is there that this node did not make. Stop: nothing is sent. Take It: the node returns that batch; look at its payees first, because Finvis does not show them.',
		options: { stop: 'Stop', take: 'Take It' },
		initial: 'stop',
	}),
	...expected,
	limitPerPayment,
};

type Batch = ValuesOf<typeof batchFields> & OptionalValuesOf<typeof batchOptions>;
type FromItems = Batch & { readonly rows: ReadonlyArray<ValuesOf<typeof payment>> };

/** The request that creates a batch, and the controls that must hold before it is sent. */
function batchOf(
	{ account, executionDate, bankDay, reference, currency = 'SEK', name, ifMadeByOther, ...controls }: Batch,
	payments: ReadonlyArray<ValuesOf<typeof payment>>,
) {
	return {
		// Findings of the rows have used it by now.
		controls: { ...controls, duplicateRows: undefined },
		...(ifMadeByOther === 'take' ? { takeOver: true } : {}),
		body: {
			name: nameInWords(name, reference),
			account_id: account,
			execution_date: executionDayOf(executionDate, bankDay),
			currency,
			payments: paymentsOf(payments, currency, reference),
		},
	};
}

/** Create From Items, and its preview. */
const fromItems = {
	fields: batchFields,
	perRow: payment,
	optional: batchOptions,
	lookup: { list: 'GET /payments/batches/' },
	derivedFields: totalsOf,
	findings: ({ rows = [], duplicateRows = 'stop' }: Partial<FromItems>) => equalPayments(rows, duplicateRows),
	request: ({ rows, ...batch }: FromItems) => batchOf(batch, rows),
} as const;

const payments = table({ label: 'Payments', row: 'Payment', description: 'The payments of the batch', fields: payment });

const status = text({
	label: 'Status',
	description: 'Only batches in this status, e.g. draft, pending_approval or executed',
	example: 'draft',
});

export const paymentBatch: Resource = {
	name: 'Payment Batch',
	operations: {
		create: operation('POST /payments/batches/', {
			name: 'Create',
			action: 'Create a payment batch',
			description: 'Prepare payments from one bank account. Nothing is paid before the batch is submitted and approved.',
			fields: { ...batchFields, payments },
			optional: batchOptions,
			lookup: { list: 'GET /payments/batches/' },
			derivedFields: totalsOf,
			findings: ({ payments = [], duplicateRows }) => equalPayments(payments, duplicateRows ?? 'stop'),
			request: ({ payments, ...batch }) => batchOf(batch, payments),
		}),
		createFromItems: operation('POST /payments/batches/', {
			name: 'Create From Items',
			action: 'Create a payment batch from all items',
			description:
				'Create one batch of all incoming items, one payment per item. The node reads the fields of the payment from every item, and the other fields from the first item.',
			...fromItems,
		}),
		check: operation('POST /payments/batches/', {
			name: 'Check',
			action: 'Check a payment batch before it is created',
			description:
				'Read all incoming items as Create From Items does, and return every finding as an item: row, field, value, rule and advice. The first item says whether the batch would be made, with its totals. Sends nothing.',
			...fromItems,
			preview: ({ rows = [], currency = 'SEK', executionDate, bankDay }) => ({
				...totalsOf({ payments: rows.map(({ amount }) => ({ amount })) }),
				currency,
				execution_date: executionDate === undefined ? null : executionDayOf(executionDate, bankDay),
			}),
		}),
		getMany: operation('GET /payments/batches/', {
			name: 'Get Many',
			action: 'Get many payment batches',
			description: 'List payment batches with their totals and statuses',
			fields: {},
			optional: { status },
			request: ({ status }) => ({ query: { status } }),
			output: many(byPageNumber),
			simple,
		}),
		submit: operation('POST /payments/batches/{id}/submit', {
			isAct: true,
			name: 'Submit',
			action: 'Submit a payment batch',
			description: 'Release a prepared batch for execution, or start its approval. A batch is never submitted twice.',
			fields: { paymentBatch: batchLocator },
			optional: { ...expected, ...fourEyes },
			request: ({ paymentBatch, ...controls }) => ({ path: { id: paymentBatch }, controls }),
		}),
	},
};
