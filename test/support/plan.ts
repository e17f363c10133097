import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { finvisConnection } from '../../nodes/Finvis/connection';
import { seal, type Plan } from '../../nodes/Finvis/plan/plan';

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
