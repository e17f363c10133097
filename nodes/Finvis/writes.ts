/** The layers of a write to Finvis, and which of its writes the record knows. */
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import { sendsNoWrite } from '../shared/http/connection';
import type { ApiRequest, Middleware, SendRequest } from '../shared/http/request';
import { withKey } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import { recordOfWrites } from '../shared/writes/record';
import type { Write } from '../shared/writes/write';
import { actWrites } from './actWrites';
import { batchWrite } from './batchWrite';
import { controlled, stamped } from './controls/controlled';

/** The outermost layer comes first. */
export const finvisWrites = (connection: Connection, memory: Memory, state: ConnectionState): readonly Middleware[] => [
	stamped,
	withKey(connection),
	recordOfWrites(describeWith(connection, state, memory), state, memory, sendsNoWrite(connection)),
	controlled(connection, state),
];

function describeWith(connection: Connection, state: ConnectionState, memory: Memory) {
	const batchOf = batchWrite(connection, state);
	const { submitOf, approvalOf, confirmationOf } = actWrites(connection, state, memory);

	return (request: ApiRequest, send: SendRequest): Write | undefined => {
		switch (request.route) {
			case 'POST /payments/batches/':
				return batchOf(request, send);
			case 'POST /payments/batches/{id}/submit':
				return submitOf(request, send);
			case 'POST /approvals/{id}/approve':
				return approvalOf(request, send);
			case 'POST /reconciliation/matches/{id}/confirm':
				return confirmationOf(request, send);
		}
		return undefined;
	};
}
