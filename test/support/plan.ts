import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { finvisConnection } from '../../nodes/Finvis/connection';
import { seal, type Plan } from '../../nodes/Finvis/plan/plan';
import { byId, type Seeded } from './samples';

export const ANNA = 'anna.ekonomi@example.se';
export const BO = 'bo.chef@example.se';

/** Parameters of Prepare Plan: Anna asks for these payments. */
export const askedPlan = ({ bankAccount }: Seeded, reference: string, payments: readonly object[], more: object = {}) => ({
	account: byId(bankAccount),
	executionDate: '={{ $now.plus({ days: 3 }) }}',
	bankDay: 'next',
	reference,
	preparedBy: ANNA,
	paymentList: JSON.stringify(payments),
	...more,
});

/** Parameters of Execute Plan: Bo approved what Prepare Plan gave. */
export const approvedPlan = ({ plan, digest }: IDataObject, more: object = {}) => ({
	plan,
	approvedDigest: digest,
	approvedBy: BO,
	...more,
});

/** The same plan as text, under another reference and from another account. */
export function planAbout(plan: Plan, reference: string, account: unknown = plan.batch.account_id): string {
	return JSON.stringify({ ...plan, reference, batch: { ...plan.batch, name: reference, account_id: String(account) } });
}

/** Parameters of Execute Plan with their plan as Prepare Plan gives it with this credential, now. Other parameters come back as they are. */
export function withPlan(parameters: INodeParameters, credential: IDataObject): INodeParameters {
	if (!('plan' in parameters)) return parameters;
	const { plan } = parameters;
	const given = (typeof plan === 'string' ? JSON.parse(plan) : plan) as Plan;
	const sealed = seal(finvisConnection(credential as ICredentialDataDecryptedObject), { ...given, preparedAt: new Date().toISOString() });
	return { ...parameters, plan: JSON.stringify(sealed), approvedDigest: sealed.digest };
}
