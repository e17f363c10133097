// An operation whose every field is filled by an AI.
import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import type { Fields } from '../../nodes/shared/fields/field';
import type { Operation } from '../../nodes/shared/operation';
import { collectionNameOf, mainFieldsOf, optionalFieldsOf, type Resources } from '../../nodes/shared/resource';
import { byId } from '../../tools/harness/n8n/workflow';

/** An expression that the AI fills. */
export const fromAi = (name: string, type: 'string' | 'number' | 'boolean' = 'string') => `={{ $fromAI('${name}', '${name}', '${type}') }}`;

interface ByAi {
	readonly parameters: INodeParameters;
	/** What an AI may answer: a sample for each field. */
	readonly values: Readonly<Record<string, unknown>>;
}

function fieldsByAi(fields: Fields): ByAi {
	const parameters: INodeParameters = {};
	const values: Record<string, unknown> = {};
	for (const [name, { property, example }] of Object.entries(fields)) {
		const { type } = property;
		if (type === 'fixedCollection') {
			const [row = {}] = example as object[];
			const columns = Object.keys(row).map((column) => [column, fromAi(`${name}_${column}`)]);
			parameters[name] = { rows: [Object.fromEntries(columns)] } as NodeParameterValueType as INodeParameters;
			for (const [column, value] of Object.entries(row)) values[`${name}_${column}`] = String(value);
		} else {
			const isTyped = type === 'boolean' || type === 'number';
			const expression = fromAi(name, isTyped ? type : 'string');
			parameters[name] = type === 'resourceLocator' ? byId(expression) : expression;
			values[name] = isTyped ? (type === 'boolean' ? false : Number(example) || 1) : String(example);
		}
	}
	return { parameters, values };
}

/** The operations whose place in the panel fits, with the fields of all of them. */
export function byAi(resources: Resources, fits: (resource: string, operation: string) => boolean): ByAi {
	const all: Record<string, Fields[string]> = {};
	for (const [resource, { operations }] of Object.entries(resources))
		for (const [key, operation] of Object.entries(operations))
			if (fits(resource, key)) Object.assign(all, mainFieldsOf(operation), operation.perRow);
	return fieldsByAi(all);
}

/** An operation with its main and its further fields. */
export function operationByAi(operation: Operation): ByAi {
	const main = fieldsByAi({ ...mainFieldsOf(operation), ...operation.perRow });
	const further = fieldsByAi(optionalFieldsOf(operation));
	return {
		parameters: { ...main.parameters, [collectionNameOf(operation)]: further.parameters },
		values: { ...further.values, ...main.values },
	};
}
