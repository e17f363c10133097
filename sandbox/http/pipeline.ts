import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from 'openapi-backend';
import type { Fault } from '../faults';
import type { Grant } from '../tokens';
import type { World } from '../world';
import type { Api } from './api';
import { parseBody } from './body';
import { afterEffect, beforeEffect } from './injected';
import type { AnyHandler, Answer, Call } from './operation';
import { rateLimited } from './rateLimited';
import { Refusal } from './refusal';

/** A slow request must not keep a stopped sandbox's process alive. */
const UNHELD = { ref: false };

export interface Incoming {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string | string[]>;
	body: Buffer | undefined;
	baseUrl: string;
}

/** What becomes of a request. `cut` means that the connection is to be destroyed instead of answered. */
export interface Outcome {
	answer: Answer | 'cut';
	operationId?: string;
	grant?: Grant;
	fault?: string;
}

/** route → faults → token and scope → rate limit → contract → handler or example → own answer against the contract. */
export async function run(api: Api, incoming: Incoming, world: World): Promise<Outcome> {
	const operation = api.contract.match(incoming);
	const operationId = operation?.operationId;
	if (operation === undefined || operationId === undefined) return { answer: api.refuse(noRoute(api, incoming)) };

	const strikes = world.faults.strike({ ...incoming, api: api.name, operationId });
	const fault = strikes.find(({ kind }) => kind !== 'latency');
	if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, UNHELD);
	const known = { operationId, fault: fault?.kind ?? strikes[0]?.kind };
	const early = fault === undefined ? undefined : beforeEffect(api, fault, world);
	if (early !== undefined) return { ...known, answer: early };

	const headers: Record<string, string> = {};
	let grant: Grant | undefined;
	try {
		grant = api.authorize(operation, incoming.headers, world);
		Object.assign(headers, rateLimited(api.name, operation, grant, world));
		const latency = latencyOf(strikes.filter(({ after }) => !after));
		const answer = await effect(api, operation, incoming, { grant, latency }, world);
		const late = latencyOf(strikes.filter(({ after }) => after));
		if (late > 0) await sleep(late, undefined, UNHELD);
		const checked = checkOwnAnswer(api, operation, answer, world);
		const shaped = api.reshape?.(checked, world) ?? checked;
		const sent = fault === undefined ? shaped : afterEffect(api, fault, shaped);
		return { ...known, grant, answer: sent === 'cut' ? sent : withHeaders(sent, headers) };
	} catch (error) {
		const refusal = error instanceof Refusal ? error : internal(error);
		return { ...known, grant, answer: withHeaders(api.refuse(refusal, operationId), headers) };
	}
}

const latencyOf = (strikes: Fault[]): number =>
	strikes.reduce((total, { kind, delayMs = 1000 }) => total + (kind === 'latency' ? delayMs : 0), 0);

interface Admitted {
	grant: Grant;
	latency: number;
}

async function effect(api: Api, operation: Operation, incoming: Incoming, { grant, latency }: Admitted, world: World): Promise<Answer> {
	const operationId = operation.operationId ?? '';
	const body = parseBody(incoming);
	const request = { ...incoming, body };
	const problems = api.contract.requestProblems(request, operation);
	if (problems.length > 0) throw new Refusal(400, 'invalid_request', problems.join('; '));
	const call: Call = {
		operationId,
		path: api.contract.pathParameters(request, operation),
		query: incoming.query,
		body,
		headers: incoming.headers,
		grant,
		baseUrl: incoming.baseUrl,
	};
	const answer = api.handler(operationId) ?? (() => api.contract.example(operationId));
	// A slow request is slow while it is being worked on, so that a repeat under the same key finds it running.
	const handle: AnyHandler = latency === 0 ? answer : async (...given) => sleep(latency, undefined, UNHELD).then(() => answer(...given));
	return api.around === undefined ? handle(call, world) : api.around(handle, call, incoming.method, incoming.path, world);
}

function checkOwnAnswer(api: Api, operation: Operation, answer: Answer, world: World): Answer {
	if (Buffer.isBuffer(answer.body)) return answer;
	const problems = api.contract.answerProblems(operation, answer.status, answer.body);
	if (problems.length === 0) return answer;
	const operationId = operation.operationId ?? '';
	world.log.violation({ api: api.name, operationId, status: answer.status, problems });
	throw new Refusal(500, 'server_error', `The sandbox broke its own contract in ${operationId}: ${problems.join('; ')}`);
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
	return { ...answer, headers: { ...headers, ...answer.headers } };
}

function noRoute(api: Api, incoming: Incoming): Refusal {
	return api.contract.knowsPath(incoming)
		? new Refusal(405, 'method_not_allowed', `${incoming.method} is not possible on ${incoming.path}`)
		: new Refusal(404, 'not_found', `No such address: ${incoming.method} ${incoming.path}`);
}

function internal(error: unknown): Refusal {
	return new Refusal(500, 'server_error', `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`);
}
