import { table } from '../../shared/fields/table';
import { statusFilter, statusOf } from '../../shared/fields/statusFilter';
import { byPageNumber } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { anyBatchLocator, batchLocator } from '../batchLocators';
import { operation } from '../contract';
import { totalsOf } from '../controls/batch';
import { expected, fourEyes } from '../controls/fields';
import { description } from '../describe/describe';
import { givenPayments } from '../describe/payees';
import type { DatedRow } from '../dueDates';
import { executionDayOf, previewByDueDate } from '../dueDates';
import { equalPayments } from '../equalPayments';
import { payment } from '../payments';
import { approvedPlan } from '../plan/execute';
import { approvalFields, planField, preparedBy, validForHours } from '../plan/plan';
import { plannedPayments, preparedPlan } from '../plan/prepare';
import { batchFields, batchOf, batchOptions, planOptions } from './paymentBatchFields';
import { fromItems } from './paymentBatchFromItems';
import { untilPaid } from './paymentBatchWait';

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

const payments = table({ label: 'Payments', row: 'Payment', description: 'The payments of the batch', fields: payment });

const status = statusFilter('Only batches in this status', {
	draft: 'Draft',
	pending_approval: 'Pending Approval',
	approved: 'Approved',
	processing: 'Processing',
	executed: 'Executed',
	rejected: 'Rejected',
	failed: 'Failed',
});

/** Who prepares a plan is in the plan, and no control of the batch. */
const NO_PREPARER = { preparedBy: undefined };

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
				'Create one batch of all incoming items, or one per due date, one payment per item. The node reads the fields of the payment from every item, and the other fields from the first item.',
			...fromItems,
		}),
		check: operation('POST /payments/batches/', {
			name: 'Check',
			action: 'Check a payment batch before it is created',
			description:
				'Read all incoming items as Create From Items does, and return every finding as an item: row, field, value, rule and advice. The first item says whether the batch would be made, with its totals. Sends nothing.',
			...fromItems,
			preview: ({ rows = [], currency = 'SEK', executionDate, bankDay, onePerDueDate, reference }) => {
				const totals = totalsOf({ payments: rows.map(({ amount }) => ({ amount })) });
				if (!onePerDueDate)
					return { ...totals, currency, execution_date: executionDate === undefined ? null : executionDayOf(executionDate, bankDay) };
				const batches = previewByDueDate(rows as DatedRow[], reference);
				// Amounts of several currencies have no total.
				const currencies = new Set(batches.map((batch) => batch.currency));
				return { ...totals, ...(currencies.size > 1 ? { total_amount: undefined } : {}), batches };
			},
		}),
		describeForApproval: operation('GET /payments/batches/', {
			name: 'Describe for Approval',
			action: 'Describe a payment batch for the person who approves it',
			description:
				'Say what a batch is before it is approved, as text, Markdown and HTML: payees with accounts and amounts, total, count, day, the largest payment, what is unusual, and the fingerprint. Changes nothing.',
			fields: { paymentBatch: anyBatchLocator },
			optional: { batchFingerprint: fourEyes.batchFingerprint, payments: givenPayments },
			request: () => ({}),
			output: description,
		}),
		executePlan: operation('POST /payments/batches/', {
			plan: 'execute',
			name: 'Execute Plan',
			action: 'Execute an approved plan of a payment batch',
			description:
				'Make the batch of a plan, exactly as Prepare Plan gave it and another person approved it. Another digest, the same person, or a plan that is too old: nothing is sent. Nothing is paid before the batch is submitted and approved.',
			fields: { plan: planField, ...approvalFields },
			optional: { validForHours },
			lookup: { list: 'GET /payments/batches/' },
			derivedFields: totalsOf,
			request: ({ plan: { reference, batch, controls } }) => ({ reference, body: batch, controls }),
			output: approvedPlan,
		}),
		getMany: operation('GET /payments/batches/', {
			name: 'Get Many',
			action: 'Get many payment batches',
			description: 'List payment batches with their totals and statuses',
			fields: {},
			optional: status,
			request: (filters) => ({ query: { status: statusOf(filters) } }),
			output: many(byPageNumber),
			simple,
		}),
		preparePlan: operation('POST /payments/batches/', {
			plan: 'prepare',
			name: 'Prepare Plan',
			action: 'Prepare a plan of a payment batch for approval',
			description:
				'Check payments as Create does, and return a plan of them with payees, amounts, total, what is unusual, and a digest. A person approves the digest; Execute Plan then makes exactly this batch. Sends nothing.',
			fields: { ...batchFields, paymentList: plannedPayments, preparedBy },
			optional: planOptions,
			lookup: { list: 'GET /payments/batches/' },
			derivedFields: totalsOf,
			findings: ({ paymentList = [], duplicateRows }) => equalPayments(paymentList, duplicateRows ?? 'stop'),
			request: ({ paymentList, ...batch }) => batchOf({ ...batch, ...NO_PREPARER }, paymentList),
			output: preparedPlan,
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
		waitUntil: operation('GET /payments/batches/', {
			name: 'Wait Until',
			action: 'Wait until a payment batch is executed',
			description:
				"Pause this execution until a batch is approved or executed, can never be, or the time is over. Lead the outcome 'waiting' back to this node.",
			fields: { paymentBatch: anyBatchLocator },
			request: () => ({}),
			output: untilPaid,
		}),
	},
};
