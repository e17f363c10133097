import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIV3 } from 'openapi-types';
import { parse } from 'yaml';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Operation } from '../../nodes/shared/operation';
import { receiptOf } from '../../nodes/shared/output/receipt';
import { VERSIONS } from '../../nodes/shared/fields/field';
import { isRecorded, isWrite } from '../../nodes/shared/resource';
import { projectRoot } from '../base/project';

/** What n8n shows of the output of an operation before its first run: a JSON Schema of types and fields. */
export interface Preview {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Preview>>;
}

const SERVICES = { Fondo: fondo, Finvis: finvis };
export type Service = keyof typeof SERVICES;

/** The folder in which n8n 2.41 looks for the previews of the newest version of a node: n8n-core, output-schema-resolver.js. */
export const PREVIEWS = `__schema__/v${VERSIONS[VERSIONS.length - 1]}.0`;

/** Types and fields of a value. */
function previewOfValue(value: unknown): Preview {
	if (Array.isArray(value)) return { type: 'array' };
	if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : typeof value };
	const fields = Object.entries(value).map(([name, field]) => [name, previewOfValue(field)]);
	return { type: 'object', properties: Object.fromEntries(fields) as Preview['properties'] };
}

/** A receipt with all that it can have in a run that writes. */
function receiptPreview(service: Service, operation: Operation): Preview {
	const { route, fields, plan } = operation;
	const reference = 'reference' in fields || plan === 'execute' ? 'INV-2041' : undefined;
	const key = service === 'Finvis' ? 'key' : undefined;
	const ofBatch = /\/batches\/|\/approvals\//.test(route) ? { batchFingerprint: '' } : {};
	const receiptDetails = isRecorded(operation) ? { madeHere: true, ...ofBatch } : undefined;
	const answer = { status: 200, headers: {}, body: {}, key, receiptDetails };
	return previewOfValue(receiptOf({ route, reference, body: {}, warnings: [''] }, answer));
}

/** The answers of a contract, as previews. */
function answersOf(service: Service): (route: string) => Preview | undefined {
	const file = join(projectRoot, 'contracts', `${service.toLowerCase()}.openapi.yaml`);
	const document = parse(readFileSync(file, 'utf8')) as OpenAPIV3.Document;
	function resolved<T extends object>(part: T | OpenAPIV3.ReferenceObject): T {
		if (!('$ref' in part)) return part;
		const keys = part.$ref.slice(2).split('/');
		return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as T;
	}
	/** Types only below the fields of the object: the package has little room. */
	function previewOf(part: OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject, depth = 1): Preview {
		const schema = resolved(part);
		const { type, properties, allOf, anyOf } = schema;
		if (allOf?.[0]) return previewOf(allOf[0], depth);
		// The contract has one: an amount as text or number. The sandbox and, as far as is known, Finvis show it as text.
		if (anyOf) return { type: 'string' };
		if (schema.type === 'array') return { type: 'array' };
		if (!properties || depth === 0) return { type: type === 'integer' ? 'number' : (type ?? (properties ? 'object' : 'string')) };
		return {
			type: 'object',
			properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, previewOf(field, depth - 1)])),
		};
	}
	return (route) => {
		const [method, path] = route.split(' ');
		const { responses = {} } = document.paths[path]?.[method.toLowerCase() as 'get'] ?? {};
		const good = Object.entries(responses).find(([status]) => status.startsWith('2'));
		const schema = good && resolved(good[1]).content?.['application/json']?.schema;
		return schema && previewOf(schema);
	};
}

/** The previews of a service by operation, such as `order.create`: of those that write. A read may run for its fields at any time. */
export function previewsOf(service: Service): ReadonlyMap<string, Preview> {
	const answerOf = answersOf(service);
	return new Map(
		Object.entries(SERVICES[service]).flatMap(([resource, { operations }]) =>
			Object.entries(operations)
				.filter(([, operation]) => isWrite(operation))
				.map(([name, operation]) => {
					const { properties } = answerOf(operation.route) ?? {};
					const receipt = receiptPreview(service, operation);
					return [`${resource}.${name}`, { type: 'object', properties: { receipt, ...properties } }] as const;
				}),
		),
	);
}

/** Where a value is not as its preview says: a field that it does not have, or another type. A value may lack fields, and null has any type. */
export function misfits(preview: Preview | undefined, value: unknown, path = '$'): string[] {
	if (preview === undefined) return [`${path} is in no preview`];
	if (value === null || value === undefined) return [];
	const { type, properties } = preview;
	const seen = Array.isArray(value) ? 'array' : typeof value;
	if (seen !== type) return [`${path} is of the type ${seen}, not ${type}`];
	if (properties === undefined) return [];
	return Object.entries(value).flatMap(([name, field]) => misfits(properties[name], field, `${path}.${name}`));
}
