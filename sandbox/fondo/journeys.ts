import type { operations } from '../../contracts/fondo';
import { withLuhn } from '../data/checkDigits';
import { targetProblem } from '../data/target';
import type { Handlers } from '../http/operation';
import type { World } from '../world';
import { born } from './booking';
import { invalid, missing, theClient } from './lookups';
import type { Account, Journey } from './objects';

/** Who signed, and what was answered on the way. */
export interface Customer {
	personalNumber: string;
	accountName?: string;
	kyc?: Record<string, string>;
}

type Ending =
	| { status: 'complete'; customer: Customer }
	| { status: 'canceled'; exitedAt: string }
	| { status: 'error'; errorCode: string; exitedAt: string }
	| { status: 'expired' };

export const journeyHandlers: Handlers<operations> = {
	postJourney: ({ path, body, baseUrl }, world) => {
		const client = theClient(world, path.client_id);
		const problem = targetProblem(body.callbackUrl);
		if (problem !== undefined) throw invalid(`callbackUrl ${problem}`);
		const { id, ...made } = born(world);
		const expires = world.clock.now() + world.settings.fondo.journeyMinutes * 60_000;
		const journey = world.fondo.journeys.add({
			id,
			...made,
			clientId: client.id,
			status: 'new',
			url: `${baseUrl}/journey/${id}`,
			expiryDate: world.clock.iso(expires),
			...body,
			errorCode: null,
			exitedAt: null,
			result: null,
			deleted: false,
			deletedDate: null,
		});
		world.agenda.at(expires, (at) => end(world, id, { status: 'expired' }, at));
		return { status: 200, body: journey };
	},
	getJourney: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const journey = world.fondo.journeys.get(path.journey_id);
		if (journey === undefined || journey.clientId !== client.id) throw missing('journey', path.journey_id);
		return { status: 200, body: journey };
	},
};

export function isOpen({ status }: Journey): boolean {
	return status === 'new' || status === 'pending';
}

/** The end customer has opened the page. */
export function enter(world: World, id: string): Journey | undefined {
	const journey = world.fondo.journeys.get(id);
	if (journey?.status !== 'new') return journey;
	return world.fondo.journeys.update(journey, { status: 'pending', modifiedDate: world.clock.iso() });
}

/** Ends an open journey and reports it to the partner. */
export function end(world: World, id: string, ending: Ending, at = world.clock.now()): Journey | undefined {
	const previous = world.fondo.journeys.get(id);
	if (previous === undefined || !isOpen(previous)) return previous;
	const outcome = ending.status === 'complete' ? complete(world, previous, ending.customer) : ending;
	const current = world.fondo.journeys.update(previous, { ...outcome, modifiedDate: world.clock.iso(at) });
	const event = 'journey.update';
	const body = JSON.stringify({ eventType: event, current, previous, scope: current.scope ?? null });
	const pause = world.settings.fondo.callbackRetryMilliseconds;
	world.deliveries.send({ id: world.random.uuid(), url: current.callbackUrl, event, body }, pause);
	return current;
}

function complete(world: World, journey: Journey, customer: Customer): Pick<Journey, 'status' | 'result'> {
	const account = openAccount(world, journey, customer).id;
	return { status: 'complete', result: { account, ...(customer.kyc === undefined ? {} : { kyc: customer.kyc }) } };
}

function openAccount(world: World, { clientId, journey }: Journey, { personalNumber, accountName }: Customer): Account {
	return world.fondo.accounts.add({
		...born(world),
		ref: withLuhn(`1603${world.random.digits(10)}`),
		name: journey.accountName ?? accountName ?? 'Spar',
		status: 'active',
		accountType: journey.accountTypes?.[0] ?? 'isk',
		serviceType: journey.serviceType ?? 'portfolioManagement',
		owner: ownerOf(world, personalNumber),
		balance: 0,
		amounts: { deposited: 0, withdrawn: 0 },
		positions: [],
		deleted: false,
		clientId,
		bankAccounts: [],
		currency: 'SEK',
	});
}

/** As BankID would tell: a person that has an account already keeps the name, others are test people. */
function ownerOf(world: World, ssn: string): Account['owner'] {
	const known = world.fondo.accounts.all().find(({ owner }) => owner.ssn === ssn);
	if (known !== undefined) return known.owner;
	const [firstName, lastName] = ssn === '191212121212' ? ['Tolvan', 'Tolvansson'] : ['Test', 'Testsson'];
	return { firstName, lastName, fullName: `${firstName} ${lastName}`, ssn };
}
