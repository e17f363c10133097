import type { paths } from '../../contracts/fondo';
import type { Route } from '../shared/operation';
import { clockFinding } from '../shared/diagnostics/clockSkew';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notOk } from '../shared/diagnostics/finding';
import { hostFinding } from '../shared/diagnostics/host';
import { probe } from '../shared/diagnostics/probe';
import { queueFinding } from '../shared/diagnostics/queueMode';
import { rateFinding } from '../shared/diagnostics/rateLimit';
import type { ProbedRead } from '../shared/diagnostics/reads';
import { notChosen, reader, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import { streamFinding } from '../shared/diagnostics/stream';
import { webhookFinding } from '../shared/diagnostics/webhookAddress';
import { urlOf } from '../shared/http/url';
import { isObject } from './certainty';

const clients = 'GET /v2/partner/client' satisfies Route<paths>;
const accounts = 'GET /v2/partner/client/{client_id}/account' satisfies Route<paths>;

const READ = 'account:read';
const WRITE = 'account:write';

/** The ID of the first row of a list. */
function firstId(result: ProbedRead | undefined): string | undefined {
	const first: unknown = Array.isArray(result?.body) ? result.body[0] : undefined;
	return isObject(first) && typeof first.id === 'string' ? first.id : undefined;
}

/** What is right and wrong between this n8n and Fondo, from the outside in. */
export async function fondoFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const knocked = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, knocked);
	const { read, done } = reader(client);
	const asked = async (route: string, path?: Record<string, string>) =>
		host.status === 'failed' ? undefined : await read({ route, path, query: { limit: 1 } });

	const ofClients = await asked(clients);
	const clientId = firstId(ofClients);
	const ofAccounts = clientId === undefined ? undefined : await asked(accounts, { client_id: clientId });
	const scopes = String(credentials.scope ?? '')
		.split(/[\s,]+/)
		.filter(Boolean);
	const isChosen = (scope: string) => scopes.length === 0 || scopes.includes(scope);
	const needed = isChosen(READ)
		? `Ask Fondo for the scope ${READ} for this client ID.`
		: `Add ${READ} to 'Scope' in the credential, or leave 'Scope' empty.`;
	const accountsCheck = 'Investor accounts';
	return [
		host,
		clockFinding(setup, knocked, host),
		tokenFinding(connection.name, done),
		readFinding(`Scope ${READ}`, connection.name, 'clients', ofClients, needed),
		ofClients !== undefined && ofClients.why === undefined && clientId === undefined
			? notOk(accountsCheck, 'skipped', 'There is no client yet whose accounts could be read', 'Nothing needs to be done.')
			: readFinding(accountsCheck, connection.name, 'the accounts of your first client', ofAccounts, needed),
		isChosen(WRITE) ? writeFinding(`Scope ${WRITE}`) : notChosen(`Scope ${WRITE}`),
		rateFinding(connection.name, done),
		await webhookFinding(setup),
		streamFinding('Fondo Trigger', 'Fondo Polling Trigger'),
		queueFinding(
			context,
			'Let no two executions send the same reference to Fondo at the same moment: a process does not see what another has under way.',
		),
	];
}
