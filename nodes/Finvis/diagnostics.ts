import { probeWithoutScope, scopeProbes } from './connection';
import { clockFinding, hostFinding, probe } from '../shared/diagnostics/host';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notOk, ok } from '../shared/diagnostics/finding';
import { queueFinding, webhookFinding } from '../shared/diagnostics/instance';
import { rateLimitFinding, scopeNotRequested, probeReads, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import type { ProbedRead } from '../shared/diagnostics/reads';
import { urlOf } from '../shared/http/url';

const WRITE_SCOPES = ['write:payments'];

/** Whether the reads went to the tenant of the credential. Finvis compares X-Tenant-ID with the token, so one successful read proves it. */
function tenantFinding({ credentials, connection: { name } }: DiagnosticsContext, done: readonly ProbedRead[]): Finding {
	const check = 'Tenant';
	const tenantId = String(credentials.tenantId ?? '').trim();
	if (tenantId === '')
		return notOk(
			check,
			'skipped',
			`No tenant ID is set, so ${name} uses the tenant of the client`,
			"Fill in 'Tenant ID' in the credential if a token of another tenant must be refused.",
		);
	if (done.some(({ why }) => why === undefined)) return ok(check, `${name} lets this credential read as the tenant ${tenantId}`);
	if (done.some(({ status }) => status === 403))
		return notOk(
			check,
			'warning',
			`${name} refused every read as the tenant ${tenantId}`,
			"If the scopes are granted, the tenant is wrong: correct 'Tenant ID' in the credential.",
		);
	return notOk(check, 'skipped', `Nothing could be read as the tenant ${tenantId}`, 'Correct what failed first.');
}

/** The findings of Check Setup, ordered from the network to the credential and to n8n itself. */
export async function finvisFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const probed = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, probed);
	const { read, done } = probeReads(client);
	const readIfReachable = async (path: string) => (host.status === 'failed' ? undefined : await read({ route: `GET ${path}` }));

	const requested = Array.isArray(credentials.scopes) ? credentials.scopes.map(String) : [];
	const readScopes: Finding[] = [];
	for (const { scope, path, objects } of scopeProbes) {
		const check = `Scope ${scope}`;
		if (!requested.includes(scope)) {
			readScopes.push(scopeNotRequested(check));
			continue;
		}
		const result = await readIfReachable(path);
		const advice = `Have the scope ${scope} granted to this client in the Finvis console, or remove it from the credential.`;
		readScopes.push(readFinding(check, connection.name, objects, result, advice));
	}
	if (done.length === 0) await readIfReachable(probeWithoutScope);
	return [
		host,
		clockFinding(setup, probed, host),
		tokenFinding(connection.name, done),
		...readScopes,
		...WRITE_SCOPES.map((scope) => (requested.includes(scope) ? writeFinding(`Scope ${scope}`) : scopeNotRequested(`Scope ${scope}`))),
		tenantFinding(setup, done),
		rateLimitFinding(connection.name, done),
		await webhookFinding(setup),
		queueFinding(
			context,
			'If a failed execution says that the Finvis Trigger has registered its webhook again, unpublish and publish its workflow, so that every process reads the new signing secret.',
		),
	];
}
