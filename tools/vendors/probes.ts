/** What happens around an operation of each API. */
import type { INodeParameters } from 'n8n-workflow';
import type { SandboxAdmin } from '../../sandbox';
import type { Api, Behaviour } from '../../sandbox/vendors/position';
import { defect, judgeError, type Judged, type Shown, WORKS } from './judge';
import type { Values } from './targets';

export interface Probe {
	readonly name: string;
	readonly at: string;
	readonly known?: Values;
	readonly parameters?: INodeParameters;
	before?(admin: SandboxAdmin): void;
	judge(result: Shown & { executed: number; vendor: Behaviour }): Judged;
}

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** A refusal is the right end, and nothing was executed. */
const isRefused: Probe['judge'] = (result) => {
	const judged = judgeError(result);
	if (judged?.verdict === 'defect') return judged;
	if (result.executed > 0) return defect('executed');
	return judged === undefined ? defect('no error says that the API refused the call') : WORKS;
};

const succeeds =
	(executed: number): Probe['judge'] =>
	(result) => {
		const failed = judgeError(result);
		if (result.executed > executed) return defect(`executed ${result.executed} times`);
		if (failed !== undefined) return failed;
		return result.executed === executed && result.rows.length > 0
			? WORKS
			: defect(`executed ${result.executed} times, ${result.rows.length} items`);
	};

const throttle = (api: Api) => (admin: SandboxAdmin) =>
	void admin.faults.add({ match: { api }, kind: 'rate_limit', retryAfter: 2, times: 1 });
const expire = (api: Api) => (admin: SandboxAdmin) => void admin.tokens.revoke(api);

const around = (api: Api, read: string, write: string, refused: Pick<Probe, 'known' | 'parameters'>): readonly Probe[] => [
	{ name: 'a read that is throttled', at: read, before: throttle(api), judge: succeeds(0) },
	{ name: 'a write that is throttled', at: write, before: throttle(api), judge: succeeds(1) },
	{ name: 'a read with an expired token', at: read, before: expire(api), judge: succeeds(0) },
	{ name: 'a write with an expired token', at: write, before: expire(api), judge: succeeds(1) },
	{ name: 'a refused write', at: write, ...refused, judge: isRefused },
	{ name: 'a read of an unknown object', at: read, known: { account: UNKNOWN_ID }, judge: isRefused },
];

export const probes = (api: Api): readonly Probe[] =>
	api === 'fondo'
		? around('fondo', 'account.get', 'order.create', { parameters: { amount: 99_999_999 } })
		: around('finvis', 'account.get', 'paymentBatch.create', { known: { account: UNKNOWN_ID } });
