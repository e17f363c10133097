/** Advice for a defect, or an API that differs from its contract. */
export const REPORT_IT = 'Please report it at https://github.com/fondo-finvis/n8n-nodes-fondo-finvis/issues.';

/** The node refuses to continue: `message` says what happened, `description` what to do. `runItems` makes it a NodeOperationError with the item. */
export class UserError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}
