import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import { today } from '../../shared/fields/date';
import type { Field } from '../../shared/fields/field';
import type { ResultMode } from '../../shared/output/resultMode';
import { mask } from '../../shared/swedish/masking';
import { totalsOf } from '../controls/batch';
import { requirePerson } from '../controls/checks';
import { expected, limitPerPayment } from '../controls/fields';
import { describe, readNames } from '../describe/describe';
import { givenPayments, type Payment } from '../describe/payees';
import { payment } from '../payments';
import { seal, USUAL_HOURS } from './plan';

/** Characters of an unknown field that a message quotes. */
const MOST_SEEN = 50;

/** The payments of a plan as a list. A field that no payment has is refused, because a model may have meant something by it. */
export const plannedPayments: Field<Payment[]> = {
	...givenPayments,
	property: {
		...givenPayments.property,
		description: `The payments as a list, each with ${Object.keys(payment).join(', ')}; only the first four are needed. An AI fills it by an expression with $fromAI of the type json.`,
	},
	read: (value, context) => {
		const payments = givenPayments.read(value, context);
		if (payments instanceof UserError) return payments;
		const rows = (typeof value === 'string' ? JSON.parse(value) : value) as IDataObject[];
		const unknown = rows.flatMap(Object.keys).find((name) => !Object.hasOwn(payment, name));
		if (unknown === undefined) return payments;
		return new UserError(
			`has the field '${mask(unknown.slice(0, MOST_SEEN))}', which no payment has`,
			`A payment has ${Object.keys(payment).join(', ')}.`,
		);
	},
};

const LABELS: Readonly<Record<string, Field<unknown>>> = { ...expected, limitPerPayment };

/** What was checked, in sentences. */
function checksOf(reference: string, controls: IDataObject, warnings: readonly string[], isOff: boolean): string[] {
	const found = warnings.length === 0 ? 'nothing is wrong' : `warnings: ${warnings.length}`;
	return [
		isOff
			? "Accounts, messages and the execution date were not checked, because 'Swedish Checks' is off."
			: `Amounts, accounts, messages and the execution date were checked: ${found}.`,
		`No batch is known under the reference ${reference}.`,
		...Object.entries(controls).map(([name, value]) => `${LABELS[name].property.displayName} ${String(value)} holds.`),
	];
}

const given = (values: IDataObject = {}): IDataObject =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** Checks everything that the write checks, and gives a plan of it that a person can read and approve. Sends nothing. */
export const preparedPlan: ResultMode = {
	fields: {},
	keeps: ['digest', 'plan'],
	execute: async ({ context, client, request, values, shared, select }) => {
		const { reference, preparedBy, paymentList: payments } = values as { reference: string; preparedBy: string; paymentList: Payment[] };
		requirePerson('Prepared By', preparedBy);
		if ((await client(request)).outcome === 'found')
			throw new UserError(
				`There is nothing to plan: '${reference}' was sent before`,
				'Nothing was sent now. If these are new payments, give them a new reference.',
			);
		const common = await shared();
		const { body: batch = {}, controls, warnings = [] } = request;
		const content = { preparedAt: new Date(clock.now()).toISOString(), preparedBy, reference, batch, controls: given(controls) };
		const plan = seal(common.connection, content);
		const { swedishChecks } = context.getNodeParameter('options', 0, {}) as IDataObject;
		const checks = checksOf(reference, content.controls, warnings, swedishChecks === 'off');
		const described = describe(
			{ ...batch, ...totalsOf(batch) },
			{ payments, payees: 'planned', named: await readNames(common), todayIs: today(context.getTimezone()) },
			{
				facts: [
					['Prepared by', preparedBy],
					['Reference', reference],
					['Digest', plan.digest],
				],
				notes: [...checks, ...warnings, `Nothing was sent. Another person approves the digest ${plan.digest} within ${USUAL_HOURS} hours.`],
			},
		);
		const json = { digest: plan.digest, reference, prepared_by: preparedBy, ...given(described as IDataObject), checks, warnings, plan };
		return [{ json: select(json as unknown as IDataObject) }];
	},
};
