import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIV3 } from 'openapi-types';
import { parse } from 'yaml';
import { payment } from '../../nodes/Finvis/payments';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import { ok } from '../../nodes/shared/diagnostics/finding';
import type { Operation } from '../../nodes/shared/operation';
import { receiptOf } from '../../nodes/shared/output/receipt';
import { VERSIONS } from '../../nodes/shared/fields/field';
import { isRecorded, isWrite } from '../../nodes/shared/resource';
import { projectRoot } from '../base/project';

/** What n8n shows of the output of an operation before its first run: a JSON Schema of types and fields. */
export interface Preview {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Preview>>;
	/** Only of objects. */
	readonly items?: Preview;
}

const SERVICES = { Fondo: fondo, Finvis: finvis };
export type Service = keyof typeof SERVICES;

/** The folder in which n8n 2.41 looks for the previews of the newest version of a node: n8n-core, output-schema-resolver.js. */
export const PREVIEWS = `__schema__/v${VERSIONS[VERSIONS.length - 1]}.0`;

const listPreview = (items: Preview | undefined): Preview => ({ type: 'array', ...(items?.type === 'object' && { items }) });

/** Types and fields of a value. */
function previewOfValue(value: unknown): Preview {
	if (Array.isArray(value)) return listPreview(value.length === 0 ? undefined : previewOfValue(value[0]));
	if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : typeof value };
	const fields = Object.entries(value).map(([name, field]) => [name, previewOfValue(field)]);
	if (fields.length === 0) return { type: 'object' };
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

type Part = OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject;

/** What a contract says of the answer to a call. */
class Answers {
	readonly #document: OpenAPIV3.Document;

	constructor(service: Service) {
		const file = join(projectRoot, 'contracts', `${service.toLowerCase()}.openapi.yaml`);
		this.#document = parse(readFileSync(file, 'utf8')) as OpenAPIV3.Document;
	}

	#resolved<T extends object>(part: T | OpenAPIV3.ReferenceObject): T {
		if (!('$ref' in part)) return part;
		const keys = part.$ref.slice(2).split('/');
		return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], this.#document) as T;
	}

	/** The schema itself, where another one only refers to it. */
	#schema(part: Part): OpenAPIV3.SchemaObject {
		const schema = this.#resolved(part);
		return schema.allOf?.[0] ? this.#schema(schema.allOf[0]) : schema;
	}

	/** The answer to a call; undefined where it has no body of JSON. */
	of(route: string): OpenAPIV3.SchemaObject | undefined {
		const [method, path] = route.split(' ');
		const { responses = {} } = this.#document.paths[path]?.[method.toLowerCase() as 'get'] ?? {};
		const good = Object.entries(responses).find(([status]) => status.startsWith('2'));
		const schema = good && this.#resolved(good[1]).content?.['application/json']?.schema;
		return schema && this.#schema(schema);
	}

	/** One row of a list, which may be the `results` of a page. */
	rowOf(list: OpenAPIV3.SchemaObject): OpenAPIV3.SchemaObject {
		const rows = list.properties?.results ? this.#schema(list.properties.results) : list;
		return rows.type === 'array' ? this.#schema(rows.items) : list;
	}

	/** Fields of the object and of the objects in it, and of the rows of its lists where wanted. Types only below them: the package has little room. */
	previewOf(part: Part, { depth = 2, rows = true } = {}): Preview {
		const schema = this.#schema(part);
		const { type, properties, anyOf } = schema;
		// The contract has one: an amount as text or number. The sandbox and, as far as is known, Finvis show it as text.
		if (anyOf) return { type: 'string' };
		if (schema.type === 'array') return listPreview(depth === 0 || !rows ? undefined : this.previewOf(schema.items, { depth }));
		if (!properties || depth === 0) return { type: type === 'integer' ? 'number' : (type ?? (properties ? 'object' : 'string')) };
		const fields = Object.entries(properties).map(([name, field]) => [name, this.previewOf(field, { depth: depth - 1, rows })]);
		return { type: 'object', properties: Object.fromEntries(fields) as Preview['properties'] };
	}
}

const known = new Map<Service, Answers>();

/** A build asks for the same contract once for each package, and reads it once. */
function answersOf(service: Service): Answers {
	const answers = known.get(service) ?? new Answers(service);
	known.set(service, answers);
	return answers;
}

/** What an approver reads, of a batch or of a plan. */
const DESCRIBED = {
	name: '',
	company_name: '',
	account: '',
	execution_date: '',
	currency: '',
	total_amount: '',
	payment_count: 0,
	largest: { creditorName: '', amount: '' },
	payees: '',
	payments: [Object.fromEntries(Object.keys(payment).map((name) => [name, '']))],
	unusual: [],
	text: '',
	markdown: '',
	html: '',
};

/** Outputs that are not the answer of an API, by an example of all their fields. */
const OWN_OUTPUTS: Readonly<Record<string, object>> = {
	'system.checkSetup': ok('', ''),
	'system.learnShapes': {
		operation: '',
		path: '',
		difference: '',
		expected: '',
		seen: '',
		field: '',
		vendorName: '',
		effect: '',
		explanation: '',
		correction: '',
		vendorCorrections: '',
		correctionsNow: '',
	},
	'agreement.download': { fileName: '', mimeType: '', fileSize: 0 },
	'paymentBatch.check': {
		go: true,
		severity: '',
		rule: '',
		advice: '',
		row: 1,
		field: '',
		seen: '',
		...finvis.paymentBatch.operations.check.preview?.({ rows: [{ amount: '1.00' }], executionDate: '2027-03-05' }),
		stops: 0,
		warnings: 0,
	},
	'paymentBatch.describeForApproval': { id: '', ...DESCRIBED, status: '', batchFingerprint: '' },
	'paymentBatch.preparePlan': {
		digest: '',
		reference: '',
		prepared_by: '',
		...DESCRIBED,
		checks: [],
		warnings: [],
		// Execute Plan takes it as a whole.
		plan: {},
	},
};

/** What a wait adds to the object that it waits for. */
function waitPreview({ route, output }: Operation): Preview['properties'] {
	const ofClient = route.includes('{client_id}') ? { clientId: '' } : {};
	const ofStatus = 'untilStatus' in output.fields ? { outcomeMessage: '', waitingSince: '' } : {};
	return previewOfValue({ ...ofClient, outcome: '', ...ofStatus }).properties;
}

/** What an operation returns with the parameters that a new node has. */
function previewOf(service: Service, operation: Operation, answers: Answers): Preview {
	const { route, output } = operation;
	const answer = answers.of(route);
	if (isWrite(operation)) {
		const receipt = receiptPreview(service, operation);
		return { type: 'object', properties: { receipt, ...(answer && answers.previewOf(answer, { rows: false }).properties) } };
	}
	if (answer === undefined) throw new Error(`The contract has no answer to ${route}`);
	const object = 'returnAll' in output.fields || output.waits ? answers.rowOf(answer) : answer;
	// Finvis shows the secret of a webhook to the call that creates it, and never again.
	const { secret: _, ...properties } = answers.previewOf(object).properties ?? {};
	return { type: 'object', properties: { ...properties, ...(output.waits && waitPreview(operation)) } };
}

/** The previews of a service by operation, such as `order.create`. */
export function previewsOf(service: Service): ReadonlyMap<string, Preview> {
	const answers = answersOf(service);
	return new Map(
		Object.entries(SERVICES[service]).flatMap(([resource, { operations }]) =>
			Object.entries(operations).map(([name, operation]) => {
				const at = `${resource}.${name}`;
				return [at, at in OWN_OUTPUTS ? previewOfValue(OWN_OUTPUTS[at]) : previewOf(service, operation, answers)] as const;
			}),
		),
	);
}

/** Where a value is not as its preview says: a field that it does not have, or another type. A value may lack fields, and null has any type. */
export function misfits(preview: Preview | undefined, value: unknown, path = '$'): string[] {
	if (preview === undefined) return [`${path} is in no preview`];
	if (value === null || value === undefined) return [];
	const { type, properties, items } = preview;
	const seen = Array.isArray(value) ? 'array' : typeof value;
	if (seen !== type) return [`${path} is of the type ${seen}, not ${type}`];
	if (items) return (value as unknown[]).flatMap((one, index) => misfits(items, one, `${path}[${index}]`));
	if (properties === undefined) return [];
	return Object.entries(value).flatMap(([name, field]) => misfits(properties[name], field, `${path}.${name}`));
}
