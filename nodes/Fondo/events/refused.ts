import { NodeApiError } from 'n8n-workflow';

const PASSING = ['0', '408', '429'];

/** A wrong setting, unlike an outage, does not heal by itself. What is no answer of the API is a credential that was refused. */
export const isRefusal = (error: unknown) =>
	!(error instanceof NodeApiError && (PASSING.includes(error.httpCode ?? '0') || (error.httpCode ?? '').startsWith('5')));
