import { boolean } from '../../shared/fields/choice';
import type { ValuesOf } from '../../shared/fields/field';
import type { ApiRequest } from '../../shared/http/request';
import { totalsOf } from '../controls/batch';
import { batchesByDueDate, batchOfRow } from '../dueDates';
import { equalPayments } from '../equalPayments';
import type { CellsOfBatch } from '../paymentColumns';
import { cellsThatDiffer, paymentColumns } from '../paymentColumns';
import { payment } from '../payments';
import type { Batch } from './paymentBatchFields';
import { batchFields, batchOf, batchOptions } from './paymentBatchFields';

type FromItems = Batch & {
	readonly rows: ReadonlyArray<ValuesOf<typeof payment> & CellsOfBatch>;
	readonly onePerDueDate?: boolean;
	/** The reference and all rows of the user; these rows are a part of them. */
	readonly whole?: ApiRequest['partOf'];
};

const onePerDueDate = boolean({
	label: 'One Batch per Due Date',
	description:
		'Whether to make one batch for each execution date, bank account and currency among the items. Each item then has its own, and the node makes the references of the batches from yours.',
});

/** How the rows are read. By the time of the request that has been done. */
const NO_CONTROLS = { onePerDueDate: undefined, fillFields: undefined, columns: undefined };

/** Create From Items, and its preview. */
export const fromItems = {
	fields: batchFields,
	perRow: payment,
	columns: paymentColumns,
	optional: { ...batchOptions, onePerDueDate },
	split: {
		when: 'onePerDueDate',
		by: ['account', 'executionDate', 'bankDay', 'currency'],
		bodyFields: ['account_id', 'execution_date', 'currency'],
		into: batchesByDueDate,
	},
	lookup: { list: 'GET /payments/batches/' },
	derivedFields: totalsOf,
	findings: ({ rows = [], duplicateRows = 'stop', onePerDueDate, ...batch }: Partial<FromItems>) => [
		...equalPayments(rows, duplicateRows, onePerDueDate ? batchOfRow : undefined, 'Row'),
		...(onePerDueDate ? [] : cellsThatDiffer(rows, batch)),
	],
	request: ({ rows, whole, ...batch }: FromItems) => ({
		...batchOf({ ...batch, ...NO_CONTROLS }, rows),
		...(whole && { partOf: whole }),
	}),
} as const;
