import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIV3 } from 'openapi-types';
import { parse } from 'yaml';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Operation } from '../../nodes/shared/operation';
import { receiptOf } from '../../nodes/shared/output/receipt';
import { VERSIONS } from '../../nodes/shared/panel';
import { isRecorded, isWrite } from '../../nodes/shared/resource';
import { projectRoot } from '../base/project';

/** What n8n shows of the output of an operation before its first run: a JSON Schema of types and fields. Simplify is off in a new node. */
export interface Preview {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Preview>>;
	readonly items?: Preview;
}

const SERVICES = { Fondo: fondo, Finvis: finvis };
export type Service = keyof typeof SERVICES;

/** The folder in which n8n 2.41 looks for the previews of the newest version of a node: n8n-core, output-schema-resolver.js. */
export const PREVIEWS = `__schema__/v${VERSIONS[VERSIONS.length - 1]}.0`;

/** Types and fields of a value. */
function previewOfValue(value: unknown): Preview {
	if (Array.isArray(value)) return { type: 'array', items: previewOfValue(value[0] ?? '') };
	if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : typeof value };
	const fields = Object.entries(value).map(([name, field]) => [name, previewOfValue(field)]);
	return { type: 'object', properties: Object.fromEntries(fields) as Preview['properties'] };
}

const FILE = previewOfValue({ fileName: '', mimeType: '', fileSize: 0 });
const FINDING = previewOfValue({ check: '', status: '', finding: '', instruction: '' });
const LEARNED = previewOfValue({
	operation: '',
	path: '',
	difference: '',
	expected: '',
	seen: '',
	field: '',
	vendorName: '',
	effect: '',
	explanation: '',
	vendorCorrections: '',
	correctionsNow: '',
	correction: '',
});
const VERDICT = previewOfValue({
	go: true,
	severity: '',
	rule: '',
	advice: '',
	row: 0,
	field: '',
	seen: '',
	payment_count: 0,
	total_amount: '',
	currency: '',
	execution_date: '',
	stops: 0,
	warnings: 0,
});

/** Items that no answer of an API describes. */
const OWN: Readonly<Record<string, Preview>> = {
	'agreement.download': FILE,
	'paymentBatch.check': VERDICT,
	'system.checkSetup': FINDING,
	'system.learnShapes': LEARNED,
};

/** What a result mode adds to the object of an answer. */
const STRING: Preview = { type: 'string' };
const WAITED = { outcome: STRING, outcomeMessage: STRING, waitingSince: STRING };
const ADDED: Readonly<Record<string, Preview['properties']>> = {
	'journey.waitForOutcome': { outcome: STRING },
	'order.waitUntil': { clientId: STRING, ...WAITED },
	'paymentBatch.waitUntil': WAITED,
};

/** Operations that look for one object in a list. */
const ONE_OF_LIST = ['paymentBatch.waitUntil'];

/** A receipt with all that it can have in a run that writes. */
function receiptPreview(service: Service, operation: Operation): Preview {
	const { route, fields } = operation;
	const reference = 'reference' in fields ? 'INV-2041' : undefined;
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
	function previewOf(part: OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject): Preview {
		const schema = resolved(part);
		const { type, properties, allOf, anyOf } = schema;
		if (allOf?.[0]) return previewOf(allOf[0]);
		// The contract has one: an amount as text or number. The sandbox and, as far as is known, Finvis show it as text.
		if (anyOf) return { type: 'string' };
		if (schema.type === 'array') return { type: 'array', items: previewOf(schema.items) };
		if (!properties) return { type: type === 'integer' ? 'number' : (type ?? 'string') };
		return {
			type: 'object',
			properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, previewOf(field)])),
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

/** A row of a list: the list is the answer, or stands in an envelope. */
const rowOf = ({ items, properties = {} }: Preview) => items ?? Object.values(properties).find((one) => one.items)?.items;

/** The previews of a service by operation, such as `order.create`. */
export function previewsOf(service: Service): ReadonlyMap<string, Preview> {
	const answerOf = answersOf(service);
	const previews = new Map<string, Preview>();
	for (const [resource, { operations }] of Object.entries(SERVICES[service]))
		for (const [name, operation] of Object.entries(operations)) {
			const at = `${resource}.${name}`;
			const answer = answerOf(operation.route) ?? { type: 'object' };
			const whole = 'returnAll' in operation.output.fields || ONE_OF_LIST.includes(at) ? (rowOf(answer) ?? answer) : answer;
			const { properties, ...rest } = OWN[at] ?? whole;
			previews.set(at, {
				...rest,
				properties: { ...(isWrite(operation) && { receipt: receiptPreview(service, operation) }), ...properties, ...ADDED[at] },
			});
		}
	return previews;
}

/** Where a value is not as its preview says: a field that it does not have, or another type. A value may lack fields, and null has any type. */
export function misfits(preview: Preview | undefined, value: unknown, path = '$'): string[] {
	if (preview === undefined) return [`${path} is in no preview`];
	if (value === null || value === undefined) return [];
	const { type, properties, items } = preview;
	const seen = Array.isArray(value) ? 'array' : typeof value;
	if (seen !== type) return [`${path} is of the type ${seen}, not ${type}`];
	if (Array.isArray(value)) return value.flatMap((one, index) => misfits(items, one, `${path}[${index}]`));
	if (typeof value !== 'object' || properties === undefined) return [];
	return Object.entries(value).flatMap(([name, field]) => misfits(properties[name], field, `${path}.${name}`));
}
