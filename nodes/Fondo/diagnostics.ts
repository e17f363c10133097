import type { IDataObject } from 'n8n-workflow';
import type { paths } from '../../contracts/fondo';
import type { Route } from '../shared/operation';
import { clockFinding, hostFinding, probe } from '../shared/diagnostics/host';
import type { Finding, DiagnosticsContext } from '../shared/diagnostics/finding';
import { notOk } from '../shared/diagnostics/finding';
import { queueFinding, streamFinding, webhookFinding, zoneFinding } from '../shared/diagnostics/instance';
import { rateLimitFinding, scopeNotRequested, probeReads, readFinding, tokenFinding, writeFinding } from '../shared/diagnostics/reads';
import type { ProbedRead } from '../shared/diagnostics/reads';
import { urlOf } from '../shared/http/url';
import type { ListLook, Nouns, ShownReferences } from '../shared/diagnostics/lists';
import { datesFinding, listFinding, lookAtList, referencesFinding, withSecondPage } from '../shared/diagnostics/lists';
import { keyedLock } from '../shared/core/keyedLock';
import { rowsOf } from '../shared/http/listAnswer';
import { bySortedId } from '../shared/http/pagination';
import type { SendRequest } from '../shared/http/request';
import { stateAt } from './events/changes/change';
import { ReferenceIndex } from './referenceIndex';

const clients = 'GET /v2/partner/client' satisfies Route<paths>;
const accounts = 'GET /v2/partner/client/{client_id}/account' satisfies Route<paths>;

const READ = 'account:read';
const WRITE = 'account:write';

/** The lists in which a write looks for its reference. */
const ORDERS = 'GET /v2/partner/client/{client_id}/order' satisfies Route<paths>;
const CASH = 'GET /v2/partner/client/{client_id}/transaction/cash' satisfies Route<paths>;
const orderNouns: Nouns = ['order', 'orders'];

/** Clients whose orders are looked at, until one has any. */
const MOST_CLIENTS = 3;

function idsIn(result: ProbedRead | undefined): string[] {
	try {
		return rowsOf(result?.body).flatMap(({ id }) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []));
	} catch {
		return [];
	}
}

interface ReferenceLook {
	readonly index: ReferenceIndex;
	readonly look: ListLook;
}

/** Looks at a list of a client as a write does before it sends. */
async function lookAtReferences(client: SendRequest, route: string, clientId: string): Promise<ReferenceLook> {
	const path = { client_id: clientId };
	const index = new ReferenceIndex(route, path, keyedLock());
	const look = await lookAtList(client, async (send) => await index.find(send, [], () => true));
	return { index, look: await withSecondPage(client, bySortedId, { route, path }, look) };
}

/** The orders of the first client that has any. */
async function lookAtOrders(
	client: SendRequest,
	clientIds: readonly string[],
): Promise<(ReferenceLook & { clientId: string }) | undefined> {
	let orders: (ReferenceLook & { clientId: string }) | undefined;
	for (const clientId of clientIds) {
		orders = { clientId, ...(await lookAtReferences(client, ORDERS, clientId)) };
		if (orders.look.failure !== undefined || orders.look.rows.length > 0) break;
	}
	return orders;
}

async function shownReferences(client: SendRequest, { index, look: { rows } }: ReferenceLook): Promise<ShownReferences> {
	const references = rows.flatMap(({ clientRef }) => (typeof clientRef === 'string' && clientRef.trim() !== '' ? [clientRef] : []));
	const isNeverShown = rows.length > 0 && rows.every((row) => !('clientRef' in row));
	if (references.length === 0)
		return {
			count: 0,
			missing: isNeverShown ? 'Fondo shows no clientRef in its list of orders, so no order is found by its reference' : undefined,
		};
	const { result } = await lookAtList(client, async (send) => await index.find(send, references.slice(-1), () => true));
	return { count: references.length, isFound: result && result[0].length > 0 };
}

/** Node.js reads `06/03/2026` as a day in June. Only ISO dates and Unix times mean one day. */
const UNAMBIGUOUS = /^(\d{4}-\d\d-\d\d|\d{9,13}(\.|$))/;
const isDated = (row: IDataObject) => stateAt(row) !== undefined && UNAMBIGUOUS.test(String(row.modifiedDate ?? row.createdDate));

/** Whether orders and payouts will go: the looks that they make before they are sent. */
async function writeFindings({ client, connection: { name } }: DiagnosticsContext, clientIds: readonly string[], scopeAdvice: string) {
	const orders = await lookAtOrders(client, clientIds);
	const cash = orders && (await lookAtReferences(client, CASH, orders.clientId)).look;
	const references = orders === undefined ? { count: 0 } : await shownReferences(client, orders);
	return [
		listFinding('Order list', name, orderNouns, orders?.look, scopeAdvice),
		referencesFinding('Order references', name, orderNouns, orders?.look, references),
		datesFinding('Order dates', name, orderNouns, orders?.look, ['modifiedDate', 'createdDate'], isDated),
		listFinding('Cash list', name, ['cash transaction', 'cash transactions'], cash, scopeAdvice),
	];
}

/** Checks everything between this n8n and Fondo: first the host, then clock, token, scopes and the surroundings of n8n. */
export async function fondoFindings(setup: DiagnosticsContext): Promise<Finding[]> {
	const { context, client, connection, request, credentials } = setup;
	const probed = await probe(context, urlOf(connection, request));
	const host = hostFinding(setup, probed);
	const { read, done } = probeReads(client);
	const readIfReachable = async (route: string, limit: number, path?: Record<string, string>) =>
		host.status === 'failed' ? undefined : await read({ route, path, query: { limit } });

	const clientsRead = await readIfReachable(clients, MOST_CLIENTS);
	const clientIds = idsIn(clientsRead).slice(0, MOST_CLIENTS);
	const [clientId] = clientIds;
	const accountsRead = clientIds.length === 0 ? undefined : await readIfReachable(accounts, 1, { client_id: clientId });
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
		zoneFinding(context),
		tokenFinding(connection.name, done),
		readFinding(`Scope ${READ}`, connection.name, 'clients', clientsRead, scopeAdvice),
		clientsRead !== undefined && clientsRead.why === undefined && clientIds.length === 0
			? notOk(accountsCheck, 'skipped', 'There is no client yet whose accounts could be read', 'Nothing needs to be done.')
			: readFinding(accountsCheck, connection.name, 'the accounts of your first client', accountsRead, scopeAdvice),
		...(await writeFindings(setup, clientIds, scopeAdvice)),
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
