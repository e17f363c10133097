import type { Operation } from 'openapi-backend';
import type { ApiName, Grant } from '../tokens';
import type { World } from '../world';
import type { Contract } from './contract';
import type { AnyHandler, Answer, Call } from './operation';
import type { Refusal } from './refusal';

/** What is particular to one of the two APIs. */
export interface Api {
	name: ApiName;
	contract: Contract;
	handler(operationId: string): AnyHandler | undefined;
	/** Prints a refusal in the shape of this API. */
	refuse(refusal: Refusal, operationId?: string): Answer;
	/** Token, scope and tenant; throws a Refusal. */
	authorize(operation: Operation, headers: Call['headers'], world: World): Grant;
	/** What happens around a handler, e.g. replay of keyed writes. */
	around?(handle: AnyHandler, call: Call, method: string, path: string, world: World): Promise<Answer>;
	/** Deliberate departures from the contract, made after the own answer was checked. */
	reshape?(answer: Answer, world: World): Answer;
	unauthorized: Refusal;
}
