import { createHmac } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { isObject, isTooDeep } from '../../shared/core/isObject';
import { UserError } from '../../shared/core/userError';
import { today } from '../../shared/fields/date';
import { quantity } from '../../shared/fields/amount';
import type { Field, OptionalValuesOf, ValuesOf } from '../../shared/fields/field';
import { notByAi } from '../../shared/fields/field';
import { text } from '../../shared/fields/text';
import type { Connection } from '../../shared/http/connection';
import { checkPeople } from '../controls/checks';
import { fourEyes } from '../controls/fields';

/** One batch as it will be sent, and who asked for it. */
export interface PlanContent {
	/** ISO 8601, UTC. */
	readonly preparedAt: string;
	readonly preparedBy: string;
	readonly reference: string;
	/** The body of the call that makes the batch. */
	readonly batch: IDataObject;
	/** Limits and control totals, which are checked again before the batch is sent. */
	readonly controls: IDataObject;
}

/** A plan with its digest. Only a node with the credential that prepared it can make the digest. */
export interface Plan extends PlanContent {
	readonly digest: string;
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);
const sorted = (_: string, value: unknown) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value);

/** 20 hexadecimal digits that follow from everything in the plan, the API, the tenant and the secret of the credential. */
function digestOf({ baseUrl, identity, markKey = '' }: Connection, content: PlanContent): string {
	const { preparedAt, preparedBy, reference, batch, controls } = content;
	const sealed = ['plan', baseUrl, identity, preparedAt, preparedBy, reference, batch, controls];
	return createHmac('sha256', markKey).update(JSON.stringify(sealed, sorted)).digest('hex').slice(0, 20);
}

export const seal = (connection: Connection, content: PlanContent): Plan => ({ ...content, digest: digestOf(connection, content) });

const isPlan = (value: unknown): value is Plan & IDataObject =>
	isObject(value) &&
	['digest', 'preparedAt', 'preparedBy', 'reference'].every((name) => typeof value[name] === 'string') &&
	isObject(value.batch) &&
	isObject(value.controls);

/** The plan in what an expression gives: the plan itself, the item of Prepare Plan, a list of one, or the text of any of them. */
function planIn(value: unknown): Plan | undefined {
	const given: unknown = typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	if (isTooDeep(given)) return undefined;
	if (Array.isArray(given)) return given.length === 1 ? planIn(given[0]) : undefined;
	const plan = isObject(given) && isObject(given.plan) ? given.plan : given;
	return isPlan(plan) ? plan : undefined;
}

const EXAMPLE: Plan & IDataObject = {
	digest: '5d1c7f0a9b3e42687c5f',
	preparedAt: '2027-03-01T08:00:00.000Z',
	preparedBy: 'anna.ekonomi@example.se',
	reference: 'SUPPLIERS-2027-10',
	batch: {
		name: 'SUPPLIERS-2027-10',
		account_id: '0a1b2c3d-4e5f-4607-8899-aabbccddeeff',
		execution_date: '2099-03-05',
		currency: 'SEK',
		payments: [
			{
				amount: '12500.00',
				currency: 'SEK',
				creditor_name: 'Nordic Supplies AB',
				creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
				reference: 'Faktura 1042',
				end_to_end_id: 'SUPPLIERS-2027-10-1',
			},
		],
	},
	controls: {},
};

/** The plan that Prepare Plan gave. */
export const planField: Field<Plan> = {
	property: {
		displayName: 'Plan',
		type: 'json',
		default: '',
		required: true,
		placeholder: "e.g. {{ $('Prepare Plan').item.json.plan }}",
		description: 'The field plan of Prepare Plan, unchanged. The node refuses a plan in which anything was changed.',
	},
	example: EXAMPLE,
	read: (value, { timezone }) => {
		const plan = planIn(value);
		if (plan === undefined) return new UserError('is not a plan', "Give the field 'plan' of Prepare Plan.");
		if (String(plan.batch.execution_date) >= today(timezone)) return plan;
		return new UserError('has an execution date in the past', 'Prepare the plan again with another date, and have it approved.');
	},
};

export const USUAL_HOURS = 24;

/** Who asks for a plan. */
export const preparedBy: Field<string> = {
	...fourEyes.preparedBy,
	property: {
		...fourEyes.preparedBy.property,
		description: 'The e-mail address of the person who asks for the plan. That person cannot approve it.',
	},
};

/** What a person approved. */
export const approvalFields = {
	approvedDigest: notByAi(
		text({
			label: 'Approved Digest',
			description: 'The digest that the person approved, from a form or a message. If it is not that of the plan, nothing is sent.',
			example: EXAMPLE.digest,
		}),
	),
	approvedBy: fourEyes.approvedBy,
};

export const validForHours = notByAi(
	quantity({
		label: 'Valid for Hours',
		description: `How old a plan may be. ${USUAL_HOURS} hours if you leave it out.`,
		example: String(USUAL_HOURS),
		decimals: 2,
	}),
);

export type Approval = ValuesOf<typeof approvalFields> & OptionalValuesOf<{ validForHours: typeof validForHours }>;

const HOUR = 3_600_000;
/** By how much the clocks of two machines may differ. */
const CLOCK_SKEW = 5 * 60_000;

const nothingSent = (advice: string) => `Nothing was sent. ${advice}`;
const PREPARE_AGAIN = 'Prepare the plan again, and have the new plan approved.';

/** Throws a UserError unless another person approved exactly this plan, and not too long after it was prepared. */
export function requireApproved(connection: Connection, plan: Plan, { approvedDigest, approvedBy, validForHours = USUAL_HOURS }: Approval) {
	if (digestOf(connection, plan) !== plan.digest)
		throw new UserError(
			'This is not the plan that Prepare Plan made',
			nothingSent(`It was changed, or another credential, tenant or address prepared it. ${PREPARE_AGAIN}`),
		);
	if (approvedDigest.trim().toLowerCase() !== plan.digest)
		throw new UserError(
			'Another plan was approved',
			nothingSent(
				`This plan has the digest ${plan.digest}, which is not 'Approved Digest'. Show this plan to the approver, or take the approved one.`,
			),
		);
	checkPeople({ approvedBy }, [plan.preparedBy]);
	const age = clock.now() - Date.parse(plan.preparedAt);
	if (!(age >= -CLOCK_SKEW))
		throw new UserError('The plan was prepared in the future', nothingSent(`Compare the clocks of your machines. ${PREPARE_AGAIN}`));
	if (age > validForHours * HOUR)
		throw new UserError(
			`The plan is older than ${validForHours} hours`,
			`Nothing was sent now. ${PREPARE_AGAIN} Keep its reference: an earlier run may have sent it. 'Valid for Hours' says how long a plan holds.`,
		);
}
