import { one } from '../../shared/output/one';
import type { ResultMode } from '../../shared/output/resultMode';
import type { Approval, Plan } from './plan';
import { requireApproved } from './plan';

/** One batch, one item. Before anything else the approval is compared with the plan. */
export const approvedPlan: ResultMode = {
	...one,
	execute: async (call) => {
		const { plan, ...approval } = call.values as unknown as Approval & { plan: Plan };
		requireApproved((await call.shared()).connection, plan, approval);
		return await one.execute(call);
	},
};
