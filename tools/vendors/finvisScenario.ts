/** Payment batches and transactions of Finvis, while n8n is restarted and answers to webhooks are lost. */
import type { Sandbox } from '../../sandbox';
import type { BookedChange } from '../../sandbox/state/changeBook';
import { FinvisClient, type Row } from '../harness/apiClient';
import type { Scenario } from './scenario';
import type { OwedChange } from './triggerJudge';

export const FINVIS_SETTINGS = {
	rateLimit: null,
	batchSteps: { approved: 60, processing: 60 },
	waitForExecutionDate: false,
	// The scenario repeats webhooks by its own clock.
	webhookRetryMilliseconds: 0,
	tokenLifetimeSeconds: 432_000,
};

export interface FinvisSeed {
	readonly account: string;
}

/** The seed is the same after each reset. */
export async function finvisSeedOf({ finvisUrl }: Sandbox): Promise<FinvisSeed> {
	const [account] = (await new FinvisClient(finvisUrl).list('/accounts/'))
		.filter(({ currency }) => currency === 'SEK')
		.sort((a, b) => Number(b.available_balance) - Number(a.available_balance));
	if (account === undefined) throw new Error('The seed of Finvis has no account that fits.');
	return { account: account.id };
}

const payment = (number: number) => ({
	amount: `${100 + number}.10`,
	creditor_name: 'Leverantören AB',
	creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
	end_to_end_id: `payment-${number}`,
});

export async function playFinvis(scenario: Scenario, { admin, finvisUrl }: Sandbox, { account }: FinvisSeed): Promise<void> {
	const reader = new FinvisClient(finvisUrl);
	const list = async (path: string) => await scenario.asWritten(async () => await reader.list<Row>(path));
	// A slash at the end is no redirect.
	const act = async (path: string, body?: unknown) =>
		await scenario.call('POST', path, await scenario.token('/auth/token/', 'finvis-demo'), body);
	const batches = new Map<string, string>();
	const submit = async (name: string) => {
		const body = { name, account_id: account, execution_date: admin.clock.now().slice(0, 10), payments: [payment(1), payment(2)] };
		const known = new Set((await list('/payments/batches/')).map(({ id }) => id));
		await act('/payments/batches/', body);
		const made = (await list('/payments/batches/')).find(({ id, payment_count }) => !known.has(id) && payment_count === 2);
		if (made === undefined) throw new Error(`The batch ${name} was not made.`);
		batches.set(name, made.id);
		await act(`/payments/batches/${made.id}/submit/`);
	};
	const approve = async (name: string) => {
		const approval = (await list('/approvals/pending')).find(({ object_id }) => object_id === batches.get(name));
		if (approval === undefined) throw new Error(`The batch ${name} waits for no approval.`);
		await act(`/approvals/${approval.id}/approve/`);
	};

	await submit('first');
	await scenario.at(10);
	await scenario.startN8n();
	await scenario.at(30);
	await approve('first');
	await scenario.at(40);
	await submit('second');
	await scenario.at(50);
	await approve('second');
	await scenario.at(65);
	await submit('never approved');
	await scenario.at(100);
	await submit('third');
	// n8n restarts.
	await scenario.at(200);
	await scenario.stopN8n();
	await scenario.at(210);
	await approve('third');
	await scenario.at(215);
	await submit('fourth');
	await scenario.at(240);
	await scenario.startN8n();
	await scenario.at(300);
	scenario.loseAnswers(true);
	await approve('fourth');
	await scenario.at(305);
	await scenario.stopN8n();
	scenario.loseAnswers(false);
	await scenario.at(310);
	await scenario.startN8n();
	await scenario.at(10 * 60);
	if (scenario.vendor.death !== undefined) await scenario.at(70 * 60);
}

export const owedByFinvis = (changes: readonly BookedChange[], { publishedAt }: Scenario): OwedChange[] =>
	changes.map(({ at, shown: { id, batch_id, status } }) => ({
		id: String(batch_id ?? id),
		status: status === undefined ? undefined : String(status),
		isEarlier: at < publishedAt,
	}));
