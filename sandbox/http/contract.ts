import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import OpenAPIBackend, { type Document, type Operation, type Request } from 'openapi-backend';
import { parse } from 'yaml';
import { z } from 'zod';

/** One OpenAPI file: finds operations, and validates requests and responses. */
export interface Contract {
	/** Finds the operation, with or without a trailing slash. */
	match(request: Request): Operation | undefined;
	/** Whether any method is possible on this path. */
	knowsPath(request: Request): boolean;
	pathParameters(request: Request, operation: Operation): Record<string, unknown>;
	requestProblems(request: Request, operation: Operation): string[];
	responseProblems(operation: Operation, status: number, body: unknown): string[];
	example(operationId: string): { status: number; body: unknown };
	operations(): Operation[];
}

const OPTIONS = { discriminator: true, strict: false, allErrors: true };
const mediaType = z.record(z.object({ schema: z.custom<object>() }).partial()).optional();
const loaded = new Map<string, Promise<Contract>>();

/** Loads a contract; each process reads it once. */
export function loadContract(name: 'fondo' | 'finvis', apiRoot: string): Promise<Contract> {
	const known = loaded.get(name);
	if (known !== undefined) return known;
	const contract = readContract(name, apiRoot);
	loaded.set(name, contract);
	return contract;
}

async function readContract(name: string, apiRoot: string): Promise<Contract> {
	const file = path.join(__dirname, '..', '..', 'contracts', `${name}.openapi.yaml`);
	const definition = prepare(parse(readFileSync(file, 'utf8')));
	// One Ajv for each purpose instead of one for each operation, because it compiles a shared schema once.
	const validators = new Map<string, Ajv>();
	const responses = addFormats(new Ajv(OPTIONS));
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
	// openapi-backend 5 collects all operations again for each request.
	const operations = api.router.getOperations();
	api.router.getOperations = () => operations;
	const compiled = new Map<object, ValidateFunction | undefined>();
	const validatorOf = (response: object) => {
		if (!compiled.has(response)) {
			const schema = responseSchema(response);
			compiled.set(response, schema && responses.compile(schema));
		}
		return compiled.get(response);
	};
	const methods = ['get', 'post', 'patch', 'put', 'delete'];
	return {
		match: (request) => api.router.matchOperation(request),
		knowsPath: (request) => methods.some((method) => api.router.matchOperation({ ...request, method })),
		pathParameters: (request, operation) => api.router.parseRequest(request, operation).params,
		requestProblems: (request, operation) => problems(api.validator.validateRequest(request, operation).errors),
		responseProblems: (operation, status, body) => {
			const declared = operation.responses ?? {};
			if (!Object.hasOwn(declared, String(status))) return [`status ${status} is not in the contract`];
			const validate = validatorOf(declared[String(status)]);
			if (validate === undefined) return body === undefined ? [] : ['the contract has no body here'];
			return validate(body ?? null) ? [] : problems(validate.errors);
		},
		example: (operationId) => {
			const { status, mock } = api.mockResponseForOperation(operationId);
			return { status, body: mock };
		},
		operations: () => operations,
	};
}

function responseSchema(response: object): object | undefined {
	const content = 'content' in response ? response.content : undefined;
	return mediaType.parse(content)?.['application/json']?.schema;
}

/** Removes what the libraries do not support: trailing slashes in paths (openapi-backend) and discriminator mappings (Ajv). */
function prepare(document: Document): Document {
	const paths = Object.fromEntries(Object.entries(document.paths ?? {}).map(([route, item]) => [route.replace(/(.)\/$/, '$1'), item]));
	return JSON.parse(JSON.stringify({ ...document, paths }), (key, value) =>
		key === 'discriminator' ? { propertyName: value.propertyName } : value,
	);
}

interface ValidationError {
	instancePath?: string;
	message?: string;
	params?: object;
}

function problems(errors: ValidationError[] | null | undefined): string[] {
	return (errors ?? []).map((error) => {
		const field = (error.instancePath ?? '')
			.split('/')
			.slice(1)
			.join('.')
			.replace(/^requestBody\b/, 'body');
		const detail = Object.entries(error.params ?? {}).find(([name]) => name === 'allowedValues' || name === 'additionalProperty');
		return `${field || 'request'} ${error.message ?? 'is not valid'}${detail ? `: ${String(detail[1])}` : ''}`;
	});
}
