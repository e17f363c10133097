import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { UserError } from '../core/userError';
import type { Corrections } from './corrections';
import { PAGE_ANSWERS } from './corrections';
import type { ApiRequest, ApiResponse, Middleware } from './request';
import { isOk, isRead } from './request';

/** The query of a read with the names of the API. */
function queryOf({ query, ...request }: ApiRequest, { filters = {}, paging = {} }: Corrections): ApiRequest {
	if (query === undefined || !isRead(request)) return { ...request, query };
	const names: Readonly<Record<string, string>> = { ...filters, ...paging };
	const nameOf = (name: string) => (Object.hasOwn(names, name) && !PAGE_ANSWERS.includes(name) ? names[name] : name);
	return { ...request, query: Object.fromEntries(Object.entries(query).map(([name, value]) => [nameOf(name), value])) };
}

/** The objects on the way to the value at a path, and the value; undefined where the path does not lead to rows or an object. */
function valueAt(body: unknown, path: string): { around: IDataObject[]; value: unknown } | undefined {
	const around: IDataObject[] = [];
	let value = body;
	for (const name of path.split('.')) {
		if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
		around.push(value);
		value = value[name];
	}
	return isObject(value) || Array.isArray(value) ? { around, value } : undefined;
}

/** The body without its envelope. What is beside the rows stays, because it may say something about pages. */
function opened(body: unknown, route: string, { envelope }: Corrections): unknown {
	const path = typeof envelope === 'string' ? envelope : envelope?.[route];
	const found = path === undefined ? undefined : valueAt(body, path);
	if (found === undefined) return body;
	if (!Array.isArray(found.value)) return found.value;
	const beside = Object.entries(Object.assign({}, ...found.around) as IDataObject).filter(
		([, one]) => one !== found.value && !Array.isArray(one),
	);
	return { ...Object.fromEntries(beside), results: found.value };
}

const WHOLE = /^-?\d+$/;

/** An amount in minor units as one in major units, in the type that it has: 12345 is 123.45. */
function inMajorUnits(amount: string | number): string | number {
	const [, sign, digits] = /^(-?)(\d+)$/.exec(String(amount)) ?? ['', '', '0'];
	const padded = digits.padStart(3, '0');
	const text = `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}`;
	return typeof amount === 'number' ? Number(text) : text;
}

/** The body with the names of the contract, and amounts in major units. */
function corrected(value: unknown, { fields = {}, minorUnits = [] }: Corrections, mayRefuse: boolean): unknown {
	const names = Object.entries(fields);
	const amountOf = (name: string, amount: unknown): unknown => {
		if ((typeof amount !== 'string' && typeof amount !== 'number') || amount === '') return amount;
		if (WHOLE.test(String(amount))) return inMajorUnits(amount);
		if (!mayRefuse) return amount;
		throw new UserError(
			`'${name}' is not in minor units, as the Vendor Corrections of the credential say`,
			"An answer shows it with decimals. Take it out of 'minorUnits' in 'Vendor Corrections (JSON)'.",
		);
	};
	const change = (one: unknown): unknown => {
		if (Array.isArray(one)) return one.map(change);
		if (!isObject(one)) return one;
		const renamed = new Map(names.filter(([from, to]) => Object.hasOwn(one, from) && (one[to] ?? null) === null));
		return Object.fromEntries(
			Object.entries(one)
				.filter(([name]) => ![...renamed.values()].includes(name))
				.map(([given, field]) => {
					const name = renamed.get(given) ?? given;
					if (isObject(field) || Array.isArray(field)) return [name, change(field)];
					const isMinor = minorUnits.includes(name) ? !Object.hasOwn(fields, name) : renamed.has(given) && minorUnits.includes(given);
					return [name, isMinor ? amountOf(given, field) : field];
				}),
		);
	};
	return change(value);
}

/** What an answer says about pages, under the names that the nodes know. */
function pagesOf(body: unknown, { paging = {} }: Corrections): unknown {
	if (!isObject(body)) return body;
	const names = PAGE_ANSWERS.filter(
		(name) => Object.hasOwn(paging, name) && Object.hasOwn(body, paging[name]) && !Object.hasOwn(body, name),
	);
	return { ...body, ...Object.fromEntries(names.map((name) => [name, body[paging[name]]])) };
}

function answerOf(request: ApiRequest, response: ApiResponse, corrections: Corrections): ApiResponse {
	const { body } = response;
	if (!isOk(response) || request.file || (!isObject(body) && !Array.isArray(body))) return response;
	const inner = pagesOf(opened(body, request.route, corrections), corrections);
	// A write is executed by now: what its answer shows is compared with what was sent, and not refused here.
	return { ...response, body: corrected(inner, corrections, isRead(request)) };
}

/** Middleware next to the transport: the API sees its own names in queries, and the layers above see answers as in the contract. Bodies of writes go out unchanged. */
export const correct =
	(corrections: Corrections | undefined): Middleware =>
	(next) =>
		corrections === undefined ? next : async (request) => answerOf(request, await next(queryOf(request, corrections)), corrections);

/** Limits that count amounts in answers of the API. */
const COUNTS_ANSWERS = /^limit/i;

/**
 * Middleware that refuses a write with a limit while a correction divides amounts of answers: if the correction is wrong, the limit
 * would let a hundred times as much through.
 */
export const refuseUncertainLimits =
	(corrections: Corrections | undefined): Middleware =>
	(next) =>
	async (request) => {
		const limits = Object.entries(request.controls ?? {}).filter(([name, value]) => COUNTS_ANSWERS.test(name) && value !== undefined);
		if (isRead(request) || limits.length === 0 || !corrections?.minorUnits?.length) return await next(request);
		throw new UserError(
			'A limit cannot be checked while the Vendor Corrections of the credential say that amounts are in minor units',
			"Nothing was sent. A wrong correction would let a hundred times as much through. Take the limit out of this node, or 'minorUnits' out of the credential.",
		);
	};
