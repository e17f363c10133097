import { REPORT_IT } from '../core/userError';
import { redirectedSlash } from '../http/trailingSlash';
import type { Probe } from './probe';
import type { Finding, DiagnosticsContext } from './finding';
import { notOk, ok } from './finding';

const CHECK = 'Host';

const SLASHES = { always: 'Always', never: 'Never' };

/** Whether the API is where the credential says. Any refusal for want of a token is as good as an answer. */
export function hostFinding({ connection, request }: DiagnosticsContext, knocked: Probe): Finding {
	const { host } = new URL(connection.baseUrl);
	const { status, headers, networkError } = knocked;
	const failed = (finding: string, instruction: string) => notOk(CHECK, 'failed', finding, instruction);
	const correct = 'Correct the environment or base URL in the credential.';
	if (networkError !== undefined)
		return failed(
			`${host} could not be reached (${networkError})`,
			'Check the environment or base URL in the credential, then how n8n gets there: name service, firewall, proxy, certificates.',
		);
	const slash = redirectedSlash(connection, request, knocked);
	if (slash !== undefined && slash !== 'contract')
		return notOk(
			CHECK,
			'warning',
			`${host} redirects every call to the same address ${slash === 'always' ? 'with' : 'without'} a slash at the end`,
			connection.slash === undefined
				? `Nothing breaks, but each call is made twice. ${REPORT_IT}`
				: `Nothing breaks, but each call is made twice. Set 'Trailing Slash' in the credential to '${SLASHES[slash]}'.`,
		);
	if (status >= 300 && status < 400) {
		const target = URL.canParse(headers.location ?? '', connection.baseUrl)
			? new URL(headers.location, connection.baseUrl).host
			: 'another address';
		return failed(`${host} redirects to ${target}`, correct);
	}
	if (status >= 500)
		return notOk(
			CHECK,
			'warning',
			`${host} answers, but has trouble (${status})`,
			`Try again later; if it lasts, ask ${connection.name} how it is.`,
		);
	if (/text\/html/.test(headers['content-type'] ?? ''))
		return failed(`At ${host} a web page answers, not the ${connection.name} API`, correct);
	if (status === 404 || status === 405)
		return failed(`There is a server at ${host}, but not the ${connection.name} API (${status})`, correct);
	return ok(CHECK, `${connection.name} answers at ${host}`);
}
