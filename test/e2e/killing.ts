// n8n dies while it works on many items that move money. The ledger then shows what a retry of the crashed execution did.
import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { countBy } from '../../tools/harness/ledgerAudit';
import { jsonOf, reasonOf, type Execution } from '../../tools/harness/n8n/client';
import { byId, code, ourNode, saveWorkflow, webhook } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';

const { owner, sandbox } = useStack();

export const ITEMS = 200;
const KILL_AFTER = 60;
const PATIENCE_MS = 200_000;
const DAY_S = 86_400;

type Kind = 'orders' | 'batches';

interface Work {
	/** The operation that moves the money. */
	readonly writes: string;
	/** The steps; the first is named Create. */
	readonly nodes: readonly INode[];
}

/** What an item of Create shows of its write: its receipt, or its error. */
interface Shown {
	readonly outcome: string;
	readonly message?: string;
	readonly reference: string;
}

const eventually = async <T>(what: string, ask: () => Promise<T | false | undefined>) =>
	await until<T>(ask, { what, timeoutMs: PATIENCE_MS, everyMs: 50 });

/** A subscription for each item. */
async function orders(): Promise<Work> {
	const [{ id: client }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const accounts = await sandbox.fondo.read<Array<{ id: string; status: string }>>(`/client/${client}/account`);
	const account = accounts.find(({ status }) => status === 'active')?.id ?? '';
	await sandbox.deposit({ accountId: account, amount: 100_000 });
	const instruments = await sandbox.fondo.read<Array<{ id: string; isBuyable: boolean; currency: string }>>('/instrument');
	const instrument = instruments.find(({ isBuyable, currency }) => isBuyable && currency === 'SEK')?.id ?? '';
	const order = { client: byId(client), account: byId(account), orderType: 'subscription', instrument: byId(instrument), amount: 150 };
	const create = { resource: 'order', operation: 'create', ...order, reference: '={{ $json.reference }}' };
	return { writes: 'createOrder', nodes: [ourNode(owner, 'fondo', create, { name: 'Create', onError: 'continueRegularOutput' })] };
}

/** A batch for each item, submitted and approved. */
async function batches(): Promise<Work> {
	const accounts = await sandbox.finvis.list<{ id: string; currency: string; available_balance: string }>('/accounts/');
	const payer = accounts.find(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000)?.id ?? '';
	const executionDate = new Date(Date.now() + 2 * DAY_S * 1_000).toISOString().slice(0, 10);
	const creditor = { creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
	const create = {
		...{ resource: 'paymentBatch', operation: 'create', account: byId(payer), executionDate, bankDay: 'next' },
		...{ reference: '={{ $json.reference }}', payments: { rows: [{ amount: '12.50', ...creditor }] } },
	};
	const submit = { resource: 'paymentBatch', operation: 'submit', paymentBatch: byId('={{ $json.id }}') };
	const pending = { resource: 'approval', operation: 'getManyPending', returnAll: true };
	const approve = { resource: 'approval', operation: 'approve', approval: byId('={{ $json.id }}') };
	return {
		writes: 'createPaymentBatch',
		nodes: [
			ourNode(owner, 'finvis', create, { name: 'Create', onError: 'continueRegularOutput' }),
			// An item that Create does not know has no ID.
			ourNode(owner, 'finvis', submit, { name: 'Submit', onError: 'continueRegularOutput' }),
			ourNode(owner, 'finvis', pending, { name: 'Pending', executeOnce: true, alwaysOutputData: false }),
			ourNode(owner, 'finvis', approve, { name: 'Approve' }),
		],
	};
}

const kinds: Readonly<Record<Kind, () => Promise<Work>>> = { orders, batches };

export interface KillResult {
	/** How many writes had succeeded at the kill. */
	readonly atKill: number;
	/** How often the ledger shows each reference. */
	readonly ledger: ReadonlyMap<string, number>;
	/** What the retried execution shows of each item. */
	readonly retried: readonly Shown[];
	/** What the second run of the workflow shows of each item. */
	readonly rerun: readonly Shown[];
}

export interface KillPlan {
	/** Kills what runs the execution with this ID, and starts it again. */
	readonly kill: (executionId: string) => Promise<void>;
	readonly webhookUrl: string;
}

const shownIn = (execution: Execution): Shown[] =>
	jsonOf<{ receipt?: Shown; error?: Shown }>(execution, 'Create').map(({ receipt, error }) => {
		const shown = receipt ?? error;
		if (!shown) throw new Error('An item shows neither a receipt nor an error');
		return shown;
	});

/** Runs ITEMS items, kills what runs them half way, retries the crashed execution, and then runs the workflow a second time. */
export async function killedInTheMiddle(kind: Kind, { kill, webhookUrl }: KillPlan): Promise<KillResult> {
	const { client } = owner;
	await owner.newWorld();
	await sandbox.changeSettings({ finvis: { rateLimit: null, waitForExecutionDate: false } });
	const { writes, nodes } = await kinds[kind]();
	const path = randomUUID();
	const prefix = `kill-${path.slice(0, 8)}`;
	const many = code('Many', `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: { reference: '${prefix}-' + n } }))`);
	const trigger = webhook(path, { responseMode: 'onReceived' });
	const workflow = await saveWorkflow(owner, `Killed: ${kind} ${prefix}`, [trigger, many, ...nodes]);
	await client.publish(workflow);
	const begin = async (known: readonly string[]) => {
		await eventually('the webhook is there', async () => (await fetch(`${webhookUrl}/webhook/${path}`, { method: 'POST' })).ok);
		return await eventually('an execution', async () => (await client.executions(workflow)).find(({ id }) => !known.includes(id))?.id);
	};
	const done = async () => (await sandbox.requests(writes)).filter(({ status }) => status >= 200 && status < 300).length;

	const first = await begin([]);
	await eventually('some writes', async () => (await done()) >= KILL_AFTER);
	await kill(first);
	const atKill = await done();
	expect(atKill).toBeLessThan(ITEMS);
	expect((await client.ended(first, PATIENCE_MS)).status).toBe('crashed');

	const retried = await client.retry(first, PATIENCE_MS);
	const reason = retried.status === 'error' ? reasonOf(retried) : '';
	expect({ status: retried.status, reason }).toEqual({ status: 'success', reason: '' });
	expect(retried.id).not.toBe(first);
	const rerun = await client.ended(await begin([first, retried.id]), PATIENCE_MS);
	expect(rerun.status).toBe('success');

	await sandbox.advance(3 * DAY_S);
	const references = (await sandbox.ledger()).map(({ reference }) => reference);
	const ledger = countBy(references.filter((reference) => reference.startsWith(prefix)));
	return { atKill, ledger, retried: shownIn(retried), rerun: shownIn(rerun) };
}

/** Every reference is in the ledger once. The write that was under way may stay unknown; it is then there once or not at all. */
export function expectNothingDoubledNothingLost({ ledger, retried, rerun }: KillResult): void {
	expect([...ledger].filter(([, count]) => count !== 1)).toEqual([]);
	for (const shown of [retried, rerun]) {
		expect(shown).toHaveLength(ITEMS);
		const open = shown.filter(({ outcome }) => !['created', 'found', 'replayed'].includes(outcome));
		expect(open.length).toBeLessThanOrEqual(1);
		for (const { outcome, message } of open) {
			expect(outcome).toBe('unknown');
			expect(message).toMatch(/^It is not known whether|was sent before, and F\w+ does not show it$/);
		}
	}
	const left = rerun.filter(({ outcome, reference }) => outcome === 'unknown' && !ledger.has(reference));
	expect(ledger.size + left.length).toBe(ITEMS);
	// The second run only finds what is done.
	expect(rerun.filter(({ outcome }) => outcome === 'created')).toEqual([]);
}
