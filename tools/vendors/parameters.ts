/** The fields of an operation as a user fills them in. */
import type { INodeParameters } from 'n8n-workflow';
import type { Plan } from '../../nodes/Finvis/plan/plan';
import type { Operation } from '../../nodes/shared/operation';
import { planAbout } from '../../test/support/plan';
import { byId } from '../harness/n8n/workflow';
import type { Values } from './targets';

/** Of what a user may change, one field that the sandbox accepts. */
const CHANGED = ['name', 'bankAccount'];

function changes({ route, optional }: Operation, known: Values): Record<string, unknown> {
	// A change needs something to change.
	if (!route.startsWith('PATCH ')) return {};
	const names = Object.keys(optional).filter((name) => CHANGED.includes(name));
	return Object.fromEntries(names.map((name) => [name, known[name] ?? 'Changed']));
}

/** Known values, else the field's own example. */
export function parametersOf(operation: Operation, known: Values, reference: string): INodeParameters {
	const parameters: Record<string, unknown> = {};
	for (const [name, { property, example }] of Object.entries({ ...operation.fields, ...operation.perRow })) {
		const value = known[name] ?? example;
		if (property.type === 'resourceLocator') parameters[name] = byId(String(value));
		else if (property.type === 'fixedCollection')
			parameters[name] = { rows: (example as object[]).map((row) => ('account' in row ? { ...row, account: known.account } : row)) };
		else parameters[name] = value;
	}
	return {
		...parameters,
		additionalFields: changes(operation, known),
		...('executionDate' in parameters ? { executionDate: '={{ $now.plus({ days: 3 }) }}', bankDay: 'next' } : {}),
		...('reference' in parameters ? { reference } : {}),
		...('plan' in parameters ? { plan: planAbout(parameters.plan as Plan, reference, known.account) } : {}),
	} as INodeParameters;
}
