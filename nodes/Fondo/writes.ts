/** The layers of a write to Fondo, and which of its writes the record knows. */
import type { ConnectionState } from '../shared/connectionState';
import { REPORT_IT, UserError } from '../shared/core/userError';
import type { Connection } from '../shared/http/connection';
import { sendsNoWrite } from '../shared/http/connection';
import type { ApiRequest, Middleware, SendRequest } from '../shared/http/request';
import type { Memory } from '../shared/writes/memory';
import { recordOfWrites } from '../shared/writes/record';
import type { Write } from '../shared/writes/write';
import { actWrite } from './actWrite';
import { referenceFinder } from './findReference';
import { instructionWrite } from './instructionWrite';
import { orderWrite } from './orderWrite';

/**
 * Fondo takes no idempotency key (contracts/NOTES.md 1.6): `clientRef` carries the reference, and Fondo's own lists show it.
 * A reference is looked for among orders and among cash of the client, so an order and a payout never share one.
 */
export function fondoWrites(connection: Connection, memory: Memory, state: ConnectionState): readonly Middleware[] {
	const find = referenceFinder(connection, state);
	const instructionOf = instructionWrite(connection, memory, state, find);
	const describe = (request: ApiRequest, send: SendRequest): Write | undefined => {
		const act = actWrite(connection, request, send);
		if (act !== undefined) return act;
		const { reference, lookup } = request;
		if (reference === undefined) return undefined;
		if (lookup === undefined)
			throw new UserError(`${request.route} names no list to look for its reference`, `This is a defect of this package. ${REPORT_IT}`);
		return lookup.eventual ? instructionOf(request, lookup, send) : orderWrite(connection, find, request, lookup, send);
	};
	return [recordOfWrites(describe, state, memory, sendsNoWrite(connection))];
}
