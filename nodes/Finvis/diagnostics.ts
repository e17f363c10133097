import type { IDataObject } from 'n8n-workflow';
import { allRows } from './allRows';
import { BATCHES, BatchIndex } from './batchIndex';
import { markIn, referenceHalf } from './batchName';
import { probeWithoutScope, scopeProbes } from './connection';
import { clockFinding, hostFinding, probe } from '../shared/diagnostics/host';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notChecked, notOk, ok } from '../shared/diagnostics/finding';
import { publicAddressOf, queueFinding, webhookFinding, zoneFinding } from '../shared/diagnostics/instance';
import { rateLimitFinding, scopeNotRequested, probeReads, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import type { ProbedRead } from '../shared/diagnostics/reads';
import type { ListLook, Nouns, ShownReferences } from '../shared/diagnostics/lists';
import { datesFinding, listFinding, lookAtList, referencesFinding, withSecondPage } from '../shared/diagnostics/lists';
import { keyedLock } from '../shared/core/keyedLock';
import { shownDay } from '../shared/core/shownDay';
import { byPageNumber } from '../shared/http/pagination';
import type { SendRequest } from '../shared/http/request';
import { urlOf } from '../shared/http/url';

/** What remains of a mark at the end of a name that was cut. */
const PART_OF_MARK = /#[a-z2-9]{1,15}$/i;
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

const batchNouns: Nouns = ['payment batch', 'payment batches'];
/** No batch has this mark or name. */
const NONE = '#';

async function shownReferences(client: SendRequest, index: BatchIndex, rows: ListLook['rows']): Promise<ShownReferences> {
	const names = rows.flatMap(({ name }) => (typeof name === 'string' && name.trim() !== '' ? [name] : []));
	const marks = names.flatMap((name) => markIn(name) ?? []);
	const mark = marks.at(-1);
	if (mark === undefined) {
		const isCut = names.some((name) => PART_OF_MARK.test(name));
		if (isCut) return { count: 0, missing: 'Finvis cuts the names of payment batches, so no batch is found by the mark at its end' };
		const isNeverShown = rows.length > 0 && names.length === 0;
		return {
			count: 0,
			missing: isNeverShown ? 'Finvis shows no name in its list of payment batches, so no batch is found by it' : undefined,
		};
	}
	const { result } = await lookAtList(
		client,
		async (send) => await index.find(send, referenceHalf(mark), NONE, ({ name }) => markIn(name) === mark),
	);
	return { count: marks.length, isFound: result && result.length > 0 };
}

/** Whether payment batches will go: the look that they make before they are sent. */
async function batchFindings({ client, connection: { name } }: DiagnosticsContext, scopeAdvice: string): Promise<Finding[]> {
	const index = new BatchIndex(keyedLock());
	const first = await lookAtList(client, async (send) => await index.find(send, NONE, NONE, () => false));
	const look = await withSecondPage(client, byPageNumber, { route: BATCHES }, first);
	const references = await shownReferences(client, index, look.rows);
	const isReadable = ({ execution_date: day }: IDataObject) => typeof day === 'string' && shownDay(day) !== undefined;
	return [
		listFinding('Batch list', name, batchNouns, look, scopeAdvice),
		referencesFinding('Batch references', name, batchNouns, look, references),
		datesFinding('Batch dates', name, batchNouns, look, ['execution_date'], isReadable),
	];
}

const WEBHOOKS = 'Webhook registration';
const EVENT_NAME = /^[\w.:*-]{1,60}$/;

/** The webhooks that Finvis shows at the address of this n8n. */
async function webhookRegistration({ context, client, connection: { name } }: DiagnosticsContext, scopeAdvice: string): Promise<Finding> {
	const { result: rows = [], failure } = await lookAtList(client, async (send) => await allRows(send, 'GET /webhooks/'));
	if (failure !== undefined) return readFinding(WEBHOOKS, name, 'webhooks', failure, scopeAdvice);
	const warning = (finding: string, instruction: string) => notOk(WEBHOOKS, 'warning', finding, instruction);
	const address = publicAddressOf(context)?.href.replace(/\/$/, '');
	if (address === undefined)
		return notOk(WEBHOOKS, 'skipped', 'This n8n does not show its address', 'Look at the webhooks in the Finvis console.');
	const withAddress = rows.filter(({ url }) => URL.canParse(String(url)));
	if (rows.length > withAddress.length)
		return warning(`${name} does not show the address of ${rows.length - withAddress.length} of ${rows.length} webhooks`, MANUAL);
	const ours = withAddress.filter(({ url }) => new URL(String(url)).href.startsWith(`${address}/`));
	if (ours.length === 0)
		return notOk(
			WEBHOOKS,
			'skipped',
			`${name} has no webhook at ${address}, and ${withAddress.length} at other addresses`,
			'Publish a workflow with a Finvis Trigger, and check again.',
		);
	const isIdle = ({ active }: IDataObject) => active !== undefined && active !== null && active !== true;
	const idle = ours.filter(isIdle);
	const what = `${ours.length === 1 ? '1 webhook' : `${ours.length} webhooks`} at ${address}`;
	if (idle.length > 0)
		return warning(
			`${name} has ${what}, and ${idle.length} of them not active`,
			'Activate it in the Finvis console, or publish the workflow again.',
		);
	const events = new Set(
		ours.flatMap(({ events: named }) => (Array.isArray(named) ? named.filter((one) => EVENT_NAME.test(String(one))) : [])),
	);
	if (events.size === 0) return warning(`${name} has ${what}, but does not show their events`, MANUAL);
	return ok(WEBHOOKS, `${name} has ${what}, active, for ${[...events].sort().join(', ')}`);
}

const MANUAL = "If events do not arrive, set 'Registration' of the Finvis Trigger to 'Manual'.";

/** The findings of Check Setup, ordered from the network to the credential and to n8n itself. */
export async function finvisFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const probed = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, probed);
	const { read, done } = probeReads(client);
	const readIfReachable = async (path: string) => (host.status === 'failed' ? undefined : await read({ route: `GET ${path}` }));

	const requested = Array.isArray(credentials.scopes) ? credentials.scopes.map(String) : [];
	const asksForAll = requested.length === 0;
	const isAsked = (scope: string) => asksForAll || requested.includes(scope);
	const readScopes: Finding[] = [];
	const lacking = new Set<string>();
	const adviceFor = (scope: string) =>
		asksForAll
			? `If a workflow needs the scope ${scope}, have it granted to this client in the Finvis console.`
			: `Have the scope ${scope} granted to this client in the Finvis console, or remove it from the credential.`;
	for (const { scope, path, objects } of scopeProbes) {
		const check = `Scope ${scope}`;
		if (!isAsked(scope)) {
			readScopes.push(scopeNotRequested(check));
			continue;
		}
		const result = await readIfReachable(path);
		readScopes.push(readFinding(check, connection.name, objects, result, adviceFor(scope)));
		if (asksForAll && result?.status === 403) lacking.add(check);
	}
	// A scope that the credential does not name may be missing. If nothing can be read, something else is wrong.
	const canRead = done.some(({ why }) => why === undefined);
	const scopesFound = readScopes.map((one): Finding => (canRead && lacking.has(one.check) ? { ...one, status: 'skipped' } : one));
	if (done.length === 0) await readIfReachable(probeWithoutScope);
	const token = tokenFinding(connection.name, done);
	const ifReadable = async <T>(
		scope: string,
		look: (advice: string) => Promise<T>,
		otherwise: (why: typeof notChecked) => T,
	): Promise<T> => {
		if (!isAsked(scope)) return otherwise(scopeNotRequested);
		return token.status === 'ok' ? await look(adviceFor(scope)) : otherwise(notChecked);
	};
	const batches = await ifReadable(
		'read:payments',
		async (advice) => await batchFindings(setup, advice),
		(why) => ['Batch list', 'Batch references', 'Batch dates'].map(why),
	);
	const registration = await ifReadable(
		'admin:public_api',
		async (advice) => await webhookRegistration(setup, advice),
		(why) => why(WEBHOOKS),
	);
	return [
		host,
		clockFinding(setup, probed, host),
		zoneFinding(context),
		token,
		...scopesFound,
		...batches,
		...WRITE_SCOPES.map((scope) => (isAsked(scope) ? writeFinding(`Scope ${scope}`) : scopeNotRequested(`Scope ${scope}`))),
		tenantFinding(setup, done),
		rateLimitFinding(connection.name, done),
		await webhookFinding(setup),
		registration,
		queueFinding(
			context,
			'If a failed execution says that the Finvis Trigger has registered its webhook again, unpublish and publish its workflow, so that every process reads the new signing secret.',
		),
	];
}
