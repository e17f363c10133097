/** Orders and transactions of Fondo, while streams are cut and n8n is restarted. */
import type { Sandbox } from '../../sandbox';
import { lifeOfCash, lifeOfFund, lifeOfOrder } from '../../sandbox/fondo/vendorFields';
import type { CashTransaction, FundTransaction, Order } from '../../sandbox/fondo/objects';
import type { BookedChange } from '../../sandbox/state/changeBook';
import type { Life } from '../../sandbox/vendors/position';
import { FondoClient, type Row } from '../harness/apiClient';
import { CHANGES, MINUTE, type Scenario, SECOND } from './scenario';
import type { OwedChange } from './triggerJudge';

/** Seconds that an order stays in each status. */
const STEP = 120;
export const FONDO_SETTINGS = {
	orderSteps: { received: STEP, pending: STEP, sent: STEP, confirmed: STEP },
	// The scenario sends heartbeats and repeats callbacks by its own clock.
	heartbeatSeconds: 100_000,
	callbackRetryMilliseconds: 0,
	tokenLifetimeSeconds: 432_000,
};

export interface FondoSeed {
	readonly client: string;
	readonly account: string;
	readonly instrument: string;
}

/** The seed is the same after each reset. */
export async function fondoSeedOf({ fondoUrl }: Sandbox): Promise<FondoSeed> {
	const fondo = new FondoClient(fondoUrl);
	const [client] = await fondo.read<Row[]>('/client');
	const accounts = await fondo.read<Row[]>(`/client/${client.id}/account`);
	const account = accounts.find(({ status }) => status === 'active');
	const instruments = await fondo.read<Row[]>('/instrument');
	const instrument = instruments.find(({ isBuyable, currency }) => isBuyable === true && currency === 'SEK');
	if (account === undefined || instrument === undefined) throw new Error('The seed of Fondo has no account or instrument that fits.');
	return { client: client.id, account: account.id, instrument: instrument.id };
}

const isHeard = ({ event }: BookedChange) => /^(order|transaction)\./.test(event);

export async function playFondo(scenario: Scenario, { admin }: Sandbox, { client, account, instrument }: FondoSeed): Promise<void> {
	const root = `/v2/partner/client/${client}`;
	const token = async () => await scenario.token('/v2/partner/auth/token', 'fondo-demo');
	const deposit = () => void admin.deposits({ accountId: account, amount: 10_000 });
	const orders = () => admin.changes().filter(({ event }) => event === 'order.create');
	const order = async (clientRef: string) => {
		await scenario.call('POST', `${root}/order`, await token(), {
			orderType: 'subscription',
			account,
			clientRef,
			instrument,
			amount: 300,
		});
		const made = orders().at(-1);
		if (made?.object.clientRef !== clientRef) throw new Error(`The order ${clientRef} was not placed.`);
		return made.id;
	};
	const cancel = async (id: string) => await scenario.call('DELETE', `${root}/order/${id}`, await token());
	const refuse = (refuseUpgrades: boolean) => void admin.settings.patch({ fondo: { refuseUpgrades } });

	deposit();
	await order('first');
	await scenario.at(10);
	await scenario.startN8n();
	await scenario.at(30);
	await order('second');
	await scenario.at(40);
	deposit();
	// No stream for half a minute.
	await scenario.at(145);
	scenario.cut();
	refuse(true);
	await scenario.at(155);
	deposit();
	await scenario.at(165);
	const third = await order('third');
	await scenario.at(175);
	refuse(false);
	await scenario.at(225);
	deposit();
	// n8n restarts.
	await scenario.at(232);
	await scenario.stopN8n();
	await scenario.at(245);
	deposit();
	await scenario.at(250);
	await cancel(third);
	await scenario.at(280);
	await scenario.startN8n();
	await scenario.at(330);
	deposit();
	// A change in the moment in which the stream is cut.
	await scenario.at(350);
	scenario.cut();
	deposit();
	// Fondo is down.
	await scenario.at(385);
	admin.faults.add({ match: { api: 'fondo' }, kind: 'status', status: 503 });
	scenario.cut();
	await scenario.at(400);
	admin.faults.clear();
	await scenario.at(440);
	scenario.loseAnswers(true);
	deposit();
	await scenario.at(445);
	await scenario.stopN8n();
	scenario.loseAnswers(false);
	await scenario.at(450);
	await scenario.startN8n();
	await scenario.at(600);
	await order('fourth');
	const fewer = CHANGES - admin.changes().filter((change) => isHeard(change) && change.at >= scenario.publishedAt).length;
	for (let number = 1; number <= fewer; number += 1) {
		await scenario.at(600 + 2 * number);
		deposit();
	}
	await scenario.at(15 * 60);
	if (scenario.vendor.death !== undefined) await scenario.at(80 * 60);
}

/** The latest moment after its date at which a list has to show a change: docs/triggers.md promises no more. */
const LATEST_ROW = 5 * MINUTE;
/** The lists are read at least so often. */
const READ_EVERY = MINUTE;
/** A frame that the vendor sends late may come into a gap. */
const LATEST_FRAME = 20 * SECOND;

function lifeOf({ event, object }: BookedChange): Life {
	if (event.startsWith('order.')) return lifeOfOrder(object as Order);
	return 'instrument' in object ? lifeOfFund(object as FundTransaction) : lifeOfCash(object as unknown as CashTransaction);
}

/** Whether a list shows an object in a state, long enough and early enough. */
function isListed(change: BookedChange, next: BookedChange | undefined, { vendor }: Scenario): boolean {
	const life = lifeOf(change);
	const from = Math.max(change.at, vendor.shownFrom(life));
	const to = Math.min(next?.at ?? Infinity, vendor.shownUntil(life));
	return from <= change.at + LATEST_ROW && from + READ_EVERY <= to;
}

/** What each trigger owes, from the books. */
export function owedByFondo(
	changes: readonly BookedChange[],
	scenario: Scenario,
): Record<'byLists' | 'byStream' | 'byCallback', OwedChange[]> {
	const heard = changes.filter(isHeard);
	const owed = heard.map((change, index) => {
		const next = heard.slice(index + 1).find(({ id }) => id === change.id);
		const { id, status } = change.shown;
		return {
			at: change.at,
			isListed: isListed(change, next, scenario),
			owed: { id: String(id), status: status === undefined ? undefined : String(status), isEarlier: change.at < scenario.publishedAt },
		};
	});
	return {
		byLists: owed.map(({ owed: one, isListed: is }) => ({ ...one, isHidden: !is })),
		byStream: owed.map(({ at, owed: one, isListed: is }) => ({ ...one, isHidden: !is && scenario.wasCut(at, at + LATEST_FRAME) })),
		byCallback: owed.map(({ owed: one }) => one),
	};
}
