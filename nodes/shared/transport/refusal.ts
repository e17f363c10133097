/** We refuse to go on, before or instead of a call: what happened, and what to do. Becomes a NodeOperationError with its item. */
export class Refusal extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}
