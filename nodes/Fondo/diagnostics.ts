import type { paths } from '../../contracts/fondo';
import type { Route } from '../shared/operation';
import { clockFinding, hostFinding, probe } from '../shared/diagnostics/host';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notOk } from '../shared/diagnostics/finding';
import { queueFinding, streamFinding, webhookFinding } from '../shared/diagnostics/instance';
import { rateLimitFinding, scopeNotRequested, probeReads, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import type { ProbedRead } from '../shared/diagnostics/reads';
import { urlOf } from '../shared/http/url';
import { isObject } from '../shared/core/isObject';

const clients = 'GET /v2/partner/client' satisfies Route<paths>;
const accounts = 'GET /v2/partner/client/{client_id}/account' satisfies Route<paths>;

const READ = 'account:read';
const WRITE = 'account:write';

/** The ID of the first row of a list. */
function firstId(result: ProbedRead | undefined): string | undefined {
	const first: unknown = Array.isArray(result?.body) ? result.body[0] : undefined;
	return isObject(first) && typeof first.id === 'string' ? first.id : undefined;
}

/** Checks everything between this n8n and Fondo: first the host, then clock, token, scopes and the surroundings of n8n. */
export async function fondoFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const probed = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, probed);
	const { read, done } = probeReads(client);
	const readIfReachable = async (route: string, path?: Record<string, string>) =>
		host.status === 'failed' ? undefined : await read({ route, path, query: { limit: 1 } });

	const clientsRead = await readIfReachable(clients);
	const clientId = firstId(clientsRead);
	const accountsRead = clientId === undefined ? undefined : await readIfReachable(accounts, { client_id: clientId });
	const scopes = String(credentials.scope ?? '')
		.split(/[\s,]+/)
		.filter(Boolean);
	const isChosen = (scope: string) => scopes.length === 0 || scopes.includes(scope);
	const scopeAdvice = isChosen(READ)
		? `Ask Fondo for the scope ${READ} for this client ID.`
		: `Add ${READ} to 'Scope' in the credential, or leave 'Scope' empty.`;
	const accountsCheck = 'Investor accounts';
	return [
		host,
		clockFinding(setup, probed, host),
		tokenFinding(connection.name, done),
		readFinding(`Scope ${READ}`, connection.name, 'clients', clientsRead, scopeAdvice),
		clientsRead !== undefined && clientsRead.why === undefined && clientId === undefined
			? notOk(accountsCheck, 'skipped', 'There is no client yet whose accounts could be read', 'Nothing needs to be done.')
			: readFinding(accountsCheck, connection.name, 'the accounts of your first client', accountsRead, scopeAdvice),
		isChosen(WRITE) ? writeFinding(`Scope ${WRITE}`) : scopeNotRequested(`Scope ${WRITE}`),
		rateLimitFinding(connection.name, done),
		await webhookFinding(setup),
		streamFinding('Fondo Trigger', 'Fondo Polling Trigger'),
		queueFinding(
			context,
			'Make sure that two executions never send the same reference to Fondo at the same moment, because a process does not see the calls that another process has under way.',
		),
	];
}
