import { REPORT_IT } from '../transport/refusal';
import { wantedSlash } from '../transport/slash';
import type { Knock } from './knock';
import type { Finding, Setup } from './finding';
import { not, ok } from './finding';

const CHECK = 'Host';

const SLASHES = { always: 'Always', never: 'Never' };

/** Whether the API is where the credential says. Any refusal for want of a token is as good as an answer. */
export function hostFinding({ place, request }: Setup, knocked: Knock): Finding {
	const { host } = new URL(place.baseUrl);
	const { status, headers, lost } = knocked;
	const failed = (finding: string, instruction: string) => not(CHECK, 'failed', finding, instruction);
	const correct = 'Correct the environment or base URL in the credential.';
	if (lost !== undefined)
		return failed(
			`${host} could not be reached (${lost})`,
			'Check the environment or base URL in the credential, then how n8n gets there: name service, firewall, proxy, certificates.',
		);
	const slash = wantedSlash(place, request, knocked);
	if (slash !== undefined && slash !== 'contract')
		return not(
			CHECK,
			'warning',
			`${host} redirects every call to the same address ${slash === 'always' ? 'with' : 'without'} a slash at the end`,
			place.slash === undefined
				? `Nothing breaks, but each call is made twice. ${REPORT_IT}`
				: `Nothing breaks, but each call is made twice. Set 'Trailing Slash' in the credential to '${SLASHES[slash]}'.`,
		);
	if (status >= 300 && status < 400) {
		const target = URL.canParse(headers.location ?? '', place.baseUrl) ? new URL(headers.location, place.baseUrl).host : 'another address';
		return failed(`${host} redirects to ${target}`, correct);
	}
	if (status >= 500)
		return not(
			CHECK,
			'warning',
			`${host} answers, but has trouble (${status})`,
			`Try again later; if it lasts, ask ${place.name} how it is.`,
		);
	if (/text\/html/.test(headers['content-type'] ?? '')) return failed(`At ${host} a web page answers, not the ${place.name} API`, correct);
	if (status === 404 || status === 405) return failed(`There is a server at ${host}, but not the ${place.name} API (${status})`, correct);
	return ok(CHECK, `${place.name} answers at ${host}`);
}
