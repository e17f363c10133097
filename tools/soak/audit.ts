import { auditLedger, repetitionsOf } from '../harness/ledgerAudit';
import type { LedgerEntry, SandboxClient } from '../harness/sandbox';
import type { Caller } from './caller';
import { verdictOnEvents } from './verdict';
import { sentWebhooks } from './webhooks';
import type { MixedWork, WrittenItem } from './workflows';

/** What was asked for, what n8n says it did, and what the ledger shows. */
export interface AuditRow {
	readonly what: string;
	readonly asked: number;
	readonly n8n: number;
	readonly ledger: number;
	readonly doubles: number;
	/** All three numbers are equal and nothing is there twice. */
	readonly isRight: boolean;
}

const row = ({ asked, n8n, ledger, doubles, ...rest }: Omit<AuditRow, 'isRight'>): AuditRow => ({
	...rest,
	asked,
	n8n,
	ledger,
	doubles,
	isRight: asked > 0 && asked === n8n && n8n === ledger && doubles === 0,
});

/** The webhook of each execution that a webhook started. */
export const webhooksIn = async (webhooks: MixedWork['webhooks']): Promise<string[]> =>
	(await webhooks.read()).flatMap(({ items }) => items.map(({ delivery }) => delivery.id));

function callerRow({ name, asked, done }: Caller<WrittenItem>, entries: readonly LedgerEntry[]): AuditRow {
	const own = entries.filter(({ reference }) => reference.startsWith(`${name}-`));
	const { executed } = auditLedger(asked, own);
	// An entry that was never asked for counts as a double.
	return row({ what: name, asked: asked.length, n8n: done.length, ledger: executed, doubles: own.length - executed });
}

async function webhookRow(sandbox: SandboxClient, webhooks: MixedWork['webhooks']): Promise<AuditRow> {
	const { sent, arrived } = await sentWebhooks(sandbox);
	const started = await webhooksIn(webhooks);
	const doubles = repetitionsOf(started);
	return row({ what: 'webhooks', asked: sent.size, n8n: started.length - doubles, ledger: arrived.size, doubles });
}

/** The deposit of a transaction, and when it was made. */
export interface MadeDeposit {
	readonly id: string;
	readonly at: number;
}

// Only the deposits, because orders make transactions too. Fondo's own list takes the place of the ledger.
async function streamRow({ fondo }: SandboxClient, stream: MixedWork['stream'], of: { made: readonly MadeDeposit[]; clientIds: string[] }) {
	const lists = await Promise.all(
		of.clientIds.map(async (clientId) => await fondo.read<Array<{ id: string }>>(`/client/${clientId}/transaction/cash`)),
	);
	const listed = new Set(lists.flat().map(({ id }) => id));
	const { events, losses, doubles } = verdictOnEvents(await stream.read(), of.made);
	return row({
		what: 'stream events',
		asked: events,
		n8n: events - losses,
		ledger: of.made.filter(({ id }) => listed.has(id)).length,
		doubles,
	});
}

/** Compares what was asked for with what n8n did, and both with the sandbox. */
export async function auditWork(
	sandbox: SandboxClient,
	{ webhooks, stream }: MixedWork,
	of: { callers: ReadonlyArray<Caller<WrittenItem>>; made: readonly MadeDeposit[]; clientIds: string[] },
): Promise<AuditRow[]> {
	const entries = await sandbox.ledger();
	return [
		...of.callers.map((caller) => callerRow(caller, entries)),
		await webhookRow(sandbox, webhooks),
		await streamRow(sandbox, stream, of),
	];
}
