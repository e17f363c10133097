import { scopeProbes, readWithoutScope } from './scopeProbes';
import { clockFinding } from '../shared/diagnostics/clockSkew';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notOk, ok } from '../shared/diagnostics/finding';
import { hostFinding } from '../shared/diagnostics/host';
import { probe } from '../shared/diagnostics/probe';
import { queueFinding } from '../shared/diagnostics/queueMode';
import { rateLimitFinding } from '../shared/diagnostics/rateLimit';
import type { ProbedRead } from '../shared/diagnostics/reads';
import { scopeNotRequested, probeReads, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import { webhookFinding } from '../shared/diagnostics/webhookAddress';
import { urlOf } from '../shared/http/url';

const WRITES = ['write:payments'];

const WORDS: Readonly<Record<string, string>> = {
	'read:ledger': 'bank accounts',
	'read:payments': 'payment batches',
	'read:reporting': 'cash positions',
	'read:reconciliation': 'reconciliation matches',
	'admin:public_api': 'webhooks',
};

/** Whether the reads went to the tenant that is meant. Finvis compares X-Tenant-ID with the token, so a read that passed is the proof. */
function tenantFinding({ credentials, connection: { name } }: DiagnosticsContext, done: readonly ProbedRead[]): Finding {
	const check = 'Tenant';
	const tenantId = String(credentials.tenantId ?? '').trim();
	if (tenantId === '')
		return notOk(
			check,
			'skipped',
			`No tenant ID is set, so ${name} takes the tenant of the client`,
			"Fill in 'Tenant ID' in the credential if you want a token of another tenant to be refused.",
		);
	if (done.some(({ why }) => why === undefined)) return ok(check, `${name} lets this credential read as the tenant ${tenantId}`);
	if (done.some(({ status }) => status === 403))
		return notOk(
			check,
			'warning',
			`${name} refused every read as the tenant ${tenantId}`,
			"If the scopes are granted, it is the tenant: correct 'Tenant ID' in the credential.",
		);
	return notOk(check, 'skipped', `Nothing could be read as the tenant ${tenantId}`, 'Mend what failed first.');
}

/** What is right and wrong between this n8n and Finvis, from the outside in. */
export async function finvisFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const knocked = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, knocked);
	const { read, done } = probeReads(client);
	const asked = async (path: string) => (host.status === 'failed' ? undefined : await read({ route: `GET ${path}` }));

	const chosen = Array.isArray(credentials.scopes) ? credentials.scopes.map(String) : [];
	const tries: Finding[] = [];
	for (const [scope, path] of scopeProbes) {
		const check = `Scope ${scope}`;
		if (!chosen.includes(scope)) {
			tries.push(scopeNotRequested(check));
			continue;
		}
		const result = await asked(path);
		const needed = `Let the scope ${scope} be granted to this client in the Finvis console, or take it out of the credential.`;
		tries.push(readFinding(check, connection.name, WORDS[scope], result, needed));
	}
	if (done.length === 0) await asked(readWithoutScope);
	return [
		host,
		clockFinding(setup, knocked, host),
		tokenFinding(connection.name, done),
		...tries,
		...WRITES.map((scope) => (chosen.includes(scope) ? writeFinding(`Scope ${scope}`) : scopeNotRequested(`Scope ${scope}`))),
		tenantFinding(setup, done),
		rateLimitFinding(connection.name, done),
		await webhookFinding(setup),
		queueFinding(context, 'Put Remove Duplicates behind a Finvis Trigger: a process does not know which deliveries another has seen.'),
	];
}
