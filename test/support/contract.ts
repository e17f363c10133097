import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Ajv from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats';
import { OpenAPIBackend, type Document } from 'openapi-backend';
import { parse } from 'yaml';
import { fondo } from '../../nodes/Fondo/api';
import { resources as fondoResources } from '../../nodes/Fondo/resources';
import { finvis } from '../../nodes/Finvis/api';
import { resources as finvisResources } from '../../nodes/Finvis/resources';
import type { Fields, Values } from '../../nodes/shared/fields/field';
import type { Operation } from '../../nodes/shared/operation';
import { optionalFieldsOf, type Resources } from '../../nodes/shared/resource';
import { UserError } from '../../nodes/shared/core/userError';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Validates requests. It compiles only the operations that a test validates, and each shared schema once. */
async function validatorOf(definition: Document) {
	const byPurpose = new Map<string, Ajv>();
	const backend = new OpenAPIBackend({
		definition: structuredClone(definition),
		quick: true,
		ajvOpts: { strict: false, formats: fullFormats },
		customizeAjv: (ajv, _options, purpose) => {
			const shared = byPurpose.get(purpose) ?? ajv;
			byPurpose.set(purpose, shared);
			return shared;
		},
	});
	return (await backend.init()).validator;
}

/** One contract: its operations by route, and a validator of requests. */
function contractOf(name: 'fondo' | 'finvis') {
	const definition = parse(readFileSync(join(__dirname, `../../contracts/${name}.openapi.yaml`), 'utf8')) as Document;
	const byRoute = new Map<string, string>();
	for (const [path, item] of Object.entries(definition.paths ?? {})) {
		for (const method of methods) {
			const operationId = (item as Record<string, { operationId?: string } | undefined>)[method]?.operationId;
			if (operationId) byRoute.set(`${method.toUpperCase()} ${path}`, operationId);
		}
	}
	let validator: ReturnType<typeof validatorOf> | undefined;
	return { name, byRoute, validator: async () => await (validator ??= validatorOf(definition)) };
}

export const apis = [
	{ contract: contractOf('fondo'), api: fondo, resources: fondoResources },
	{ contract: contractOf('finvis'), api: finvis, resources: finvisResources },
];

/** Every operation of a registry with its place in the panel. */
export const operationsIn = (resources: Resources): Array<{ at: string; operation: Operation }> =>
	Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([key, operation]) => ({ at: `${resource}.${key}`, operation })),
	);

/** All combinations of the choices among the fields, so that every shown form of an operation is tried. */
function choicesOf(fields: Fields): Array<Record<string, unknown>> {
	return Object.entries(fields).reduce<Array<Record<string, unknown>>>(
		(so_far, [name, { property }]) =>
			property.type === 'options'
				? (property.options ?? []).flatMap((option) =>
						so_far.map((one) => ({ ...one, [name]: 'value' in option ? option.value : undefined })),
					)
				: so_far,
		[{}],
	);
}

/** What `request` would see when the user fills every field with its example, once per form of the panel. */
export function samplesFor(operation: Operation): Values[] {
	const fields = { ...operation.fields, ...optionalFieldsOf(operation), ...operation.perRow };
	return choicesOf(fields).map((choices) => {
		const values: Record<string, unknown> = {};
		for (const [name, { example, read, visibleWhen: visibleWhen }] of Object.entries(fields)) {
			if (!Object.entries(visibleWhen ?? {}).every(([other, allowed]) => allowed.some((one) => one === values[other]))) continue;
			const value = read(choices[name] ?? example, { timezone: 'Europe/Stockholm' });
			if (value instanceof UserError) throw value;
			values[name] = value;
		}
		// Two equal payments in one batch are refused.
		const rows = [values, { ...values, message: undefined, endToEndId: undefined }];
		return operation.perRow ? { ...values, rows } : values;
	});
}
