import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import OpenAPIBackend, { type Document, type Operation, type Request } from 'openapi-backend';
import { parse } from 'yaml';
import { z } from 'zod';

export interface Contract {
	/** Finds the operation, with or without a closing slash; 405 when only the method is unknown. */
	match(request: Request): Operation | undefined;
	knowsPath(request: Request): boolean;
	pathParameters(request: Request, operation: Operation): Record<string, unknown>;
	requestProblems(request: Request, operation: Operation): string[];
	answerProblems(operation: Operation, status: number, body: unknown): string[];
	example(operationId: string): { status: number; body: unknown };
	operations(): Operation[];
}

const OPTIONS = { discriminator: true, strict: false, allErrors: true };
const mediaType = z.record(z.object({ schema: z.custom<object>() }).partial()).optional();
const loaded = new Map<string, Promise<Contract>>();

/** Reads a contract once per process. */
export function loadContract(name: 'fondo' | 'finvis', apiRoot: string): Promise<Contract> {
	const known = loaded.get(name);
	if (known !== undefined) return known;
	const contract = build(name, apiRoot);
	loaded.set(name, contract);
	return contract;
}

async function build(name: string, apiRoot: string): Promise<Contract> {
	const file = path.join(__dirname, '..', '..', 'contracts', `${name}.openapi.yaml`);
	const definition = prepare(parse(readFileSync(file, 'utf8')));
	// One Ajv for each purpose instead of one for each operation: it compiles a shared schema once.
	const validators = new Map<string, Ajv>();
	const answers = addFormats(new Ajv(OPTIONS));
	const api = new OpenAPIBackend({
		definition,
		apiRoot,
		quick: true,
		coerceTypes: true,
		ajvOpts: OPTIONS,
		customizeAjv: (ajv, _options, purpose) => {
			const shared = validators.get(purpose) ?? addFormats(ajv);
			validators.set(purpose, shared);
			return shared;
		},
	});
	await api.init();
	const methods = ['get', 'post', 'patch', 'put', 'delete'];
	return {
		match: (request) => api.router.matchOperation(request),
		knowsPath: (request) => methods.some((method) => api.router.matchOperation({ ...request, method })),
		pathParameters: (request, operation) => api.router.parseRequest(request, operation).params,
		requestProblems: (request, operation) => problems(api.validator.validateRequest(request, operation).errors),
		answerProblems: (operation, status, body) => {
			const declared = operation.responses ?? {};
			if (!Object.hasOwn(declared, String(status))) return [`status ${status} is not in the contract`];
			const schema = answerSchema(declared[String(status)]);
			if (schema === undefined) return body === undefined ? [] : ['the contract has no body here'];
			const validate = answers.compile(schema);
			return validate(body ?? null) ? [] : problems(validate.errors);
		},
		example: (operationId) => {
			const { status, mock } = api.mockResponseForOperation(operationId);
			return { status, body: mock };
		},
		operations: () => api.router.getOperations(),
	};
}

function answerSchema(response: object | undefined): object | undefined {
	const content = response !== undefined && 'content' in response ? response.content : undefined;
	return mediaType.parse(content)?.['application/json']?.schema;
}

/** Two things the libraries cannot digest: closing slashes in paths, and discriminator mappings (Ajv has none). */
function prepare(document: Document): Document {
	const paths = Object.fromEntries(Object.entries(document.paths ?? {}).map(([route, item]) => [route.replace(/(.)\/$/, '$1'), item]));
	return JSON.parse(JSON.stringify({ ...document, paths }), (key, value) =>
		key === 'discriminator' ? { propertyName: value.propertyName } : value,
	);
}

interface Problem {
	instancePath?: string;
	message?: string;
	params?: object;
}

function problems(errors: Problem[] | null | undefined): string[] {
	return (errors ?? []).map((error) => {
		const where = (error.instancePath ?? '')
			.split('/')
			.slice(1)
			.join('.')
			.replace(/^requestBody\b/, 'body');
		const extra = Object.entries(error.params ?? {}).find(([name]) => name === 'allowedValues' || name === 'additionalProperty');
		return `${where || 'request'} ${error.message ?? 'is not valid'}${extra ? `: ${String(extra[1])}` : ''}`;
	});
}
