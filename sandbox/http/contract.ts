import { readFileSync } from 'node:fs';
import path from 'node:path';
import addFormats from 'ajv-formats';
import OpenAPIBackend, { type Document, type Operation, type Request } from 'openapi-backend';
import { parse } from 'yaml';

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
	const api = new OpenAPIBackend({
		definition,
		apiRoot,
		quick: true,
		coerceTypes: true,
		ajvOpts: { discriminator: true, strict: false, allErrors: true },
		customizeAjv: (ajv) => {
			addFormats(ajv);
			return ajv;
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
			return problems(api.validator.validateResponse(body ?? null, operation, status).errors);
		},
		example: (operationId) => {
			const { status, mock } = api.mockResponseForOperation(operationId);
			return { status, body: mock };
		},
		operations: () => api.router.getOperations(),
	};
}

/** Two things the libraries cannot digest: closing slashes in paths, and discriminator mappings (Ajv has none). */
function prepare(document: Document): Document {
	const paths = Object.fromEntries(
		Object.entries(document.paths ?? {}).map(([route, item]) => [route.replace(/(.)\/$/, '$1'), item]),
	);
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
		const where = (error.instancePath ?? '').split('/').slice(1).join('.').replace(/^requestBody\b/, 'body');
		const extra = Object.entries(error.params ?? {}).find(([name]) => name === 'allowedValues' || name === 'additionalProperty');
		return `${where || 'request'} ${error.message ?? 'is not valid'}${extra ? `: ${String(extra[1])}` : ''}`;
	});
}
