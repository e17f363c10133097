import { isObject } from '../core/isObject';
import { mask, sentNumbersIn } from '../swedish/masking';
import type { ApiRequest, ApiResponse } from './request';

/** The API's own reason for an error, in one shape for all APIs. */
export interface ApiReason {
	readonly code?: string;
	readonly text?: string;
	readonly requestId?: string;
}

const text = (value: unknown): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : undefined;

const firstOf = (object: object, names: readonly string[]): string | undefined =>
	names.map((name) => text((object as Record<string, unknown>)[name])).find((value) => value !== undefined);

const MESSAGES = ['error_description', 'detail', 'message', 'msg', 'reason', 'description', 'defaultMessage', 'title'];
const PLACES = ['field', 'path', 'pointer', 'property', 'propertyName', 'param', 'parameter', 'name', 'location', 'attribute'];
const CODES = ['code', 'error_code', 'errorCode'];
const REQUEST_IDS = ['request_id', 'requestId', 'trace_id', 'traceId', 'correlation_id', 'correlationId'];
const REQUEST_ID_HEADERS = [
	'x-request-id',
	'request-id',
	'x-correlation-id',
	'correlation-id',
	'x-amzn-requestid',
	'x-trace-id',
	'trace-id',
	'x-b3-traceid',
	'cf-ray',
];
/** Objects around the errors of fields; they are no part of a field's name. */
const CONTAINERS = /^(errors?|details?|violations|fields?|field_?errors|invalid[-_]?params|issues|message|non_field_errors)$/i;
/** Parts of a place that say in what a field was sent. */
const NO_PLACES = /^(body|query|path|header|cookie|\$|#|)$/;

/** A place as text, JSON pointer, JSON path or list: `payments.1.amount`. */
function placeIn(error: Record<string, unknown>): string | undefined {
	const { loc, source } = error;
	const given = Array.isArray(loc)
		? loc.map(String).join('.')
		: (firstOf(error, PLACES) ?? (isObject(source) ? firstOf(source, ['pointer', 'parameter']) : undefined));
	if (given === undefined) return undefined;
	const parts = given.replace(/\[['"]?(\w+)['"]?\]/g, '.$1').split(/[./]/);
	return parts
		.slice(
			Math.max(
				parts.findIndex((part) => !NO_PLACES.test(part)),
				0,
			),
		)
		.join('.');
}

const withPlace = (place: string, message: string) => (place === '' ? message : `${place}: ${message}`);

/** A reason with the numbers of its payments: APIs count from 0, and the node from 1. */
const numbered = (reason: string): string =>
	reason.replace(/\bpayments\.(\d+)(\.?)/g, (_, index: string, dot: string) => `payment ${Number(index) + 1}${dot && ': '}`);

/** The reasons in any shape, each with the field that it is about. */
function reasonsIn(value: unknown, place: string, isInside: boolean): string[] {
	if (Array.isArray(value)) {
		const messages = value.filter((one): one is string => text(one) !== undefined && typeof one === 'string');
		const others = value.flatMap((one, index) =>
			isObject(one) ? reasonsIn(one, placeIn(one) === undefined && place !== '' ? `${place}.${index}` : place, true) : [],
		);
		return [...(messages.length > 0 && (isInside || place !== '') ? [withPlace(place, messages.join(', '))] : []), ...others];
	}
	if (!isObject(value)) return isInside && text(value) !== undefined ? [withPlace(place, text(value)!)] : [];
	const message = firstOf(value, MESSAGES);
	const own = placeIn(value);
	if (isInside && message !== undefined) return [withPlace(own ?? place, message), ...reasonsOfFields(value, place, false)];
	return reasonsOfFields(value, place, isInside);
}

const reasonsOfFields = (value: object, place: string, isInside: boolean) =>
	Object.entries(value).flatMap(([name, child]) => {
		if (name === 'loc' || CODES.includes(name) || name === 'type' || name === 'input' || name === 'ctx') return [];
		if (CONTAINERS.test(name)) return typeof child === 'object' ? reasonsIn(child, place, true) : [];
		return reasonsIn(child, place === '' ? name : `${place}.${name}`, isInside);
	});

/** Characters shown of a body in an unknown shape. */
const MAX_CHARACTERS = 300;

/** What a person reads of a web page or of a text. */
const plainText = (body: string) =>
	body
		.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, MAX_CHARACTERS);

export const requestIdOf = ({ headers, body }: Pick<ApiResponse, 'headers' | 'body'>): string | undefined => {
	const inHeader = REQUEST_ID_HEADERS.map((name) => headers[name]).find((value) => value !== undefined && value !== '');
	if (inHeader !== undefined || !isObject(body)) return inHeader;
	return (
		firstOf(body, REQUEST_IDS) ??
		[body.error, body.meta]
			.filter(isObject)
			.map((one) => firstOf(one, REQUEST_IDS))
			.find(Boolean)
	);
};

/** Reads code, text and request ID from a response, with numbers of persons and accounts masked. */
export function apiReasonOf(response: ApiResponse, { body: sent, query, reference }: ApiRequest): ApiReason {
	const { body } = response;
	const requestId = requestIdOf(response);
	const masked = (value: string | undefined) =>
		value === undefined || value === '' ? undefined : mask(value, sentNumbersIn({ sent, query }, reference));
	if (typeof body === 'string') return { text: masked(plainText(body)), requestId };
	if (Array.isArray(body)) return { text: masked(reasonsIn(body, '', true).map(numbered).join('; ')), requestId };
	if (!isObject(body)) return { requestId };
	const { error } = body;
	const inner = isObject(error) ? error : {};
	const name = firstOf(inner, CODES) ?? firstOf(body, CODES) ?? text(error);
	const main = firstOf(inner, MESSAGES) ?? firstOf(body, MESSAGES);
	const parts = [main, ...reasonsOfFields({ ...body, error: undefined, ...inner }, '', false)].filter((part) => part !== undefined);
	const isKnown = parts.length > 0 || name !== undefined || Object.keys(body).length === 0;
	const shown = isKnown ? [...new Set(parts)].map(numbered).join('; ') : JSON.stringify(body).slice(0, MAX_CHARACTERS);
	return { code: masked(name), text: masked(shown), requestId };
}
