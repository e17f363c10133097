/** What a user can do about a defect, or an API that is other than assumed. */
export const REPORT_IT = 'Please report it at https://github.com/fondo-finvis/n8n-nodes-fondo-finvis/issues.';

/** We refuse to go on, before or instead of a call: what happened, and what to do. Becomes a NodeOperationError with its item. */
export class UserError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}
