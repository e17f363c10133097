import { NodeApiError } from 'n8n-workflow';

/** What heals by itself: no answer, too slow, too many calls, trouble at Fondo. A wrong setting does not. */
const PASSING = /^(0|408|429|5\d\d)$/;

/** Without a status it is no answer of the API: the credential itself was refused. */
export const isRefusal = (error: unknown) => !(error instanceof NodeApiError && PASSING.test(error.httpCode ?? ''));
