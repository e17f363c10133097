import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import { withLuhn } from '../state/checkDigits';
import { callbackUrlProblem } from '../state/deliveries';
import { newEntity } from './booking';
import { sendCallback } from './callbacks';
import type { FondoContext } from './context';
import { badRequest, notFound, requireClient } from './lookups';
import type { Account, Journey } from './objects';
import { showFondo } from './vendorFields';

/** The person who signed, and the answers that the person gave. */
export interface Customer {
	personalNumber: string;
	accountName?: string;
	kyc?: Record<string, string>;
}

type JourneyEnd =
	| { status: 'complete'; customer: Customer }
	| { status: 'canceled'; exitedAt: string }
	| { status: 'error'; errorCode: string; exitedAt: string }
	| { status: 'expired' };

export const journeyHandlers: Handlers<operations, FondoContext> = {
	postJourney: ({ path, body, baseUrl }, context) => {
		const client = requireClient(context, path.client_id);
		const problem = callbackUrlProblem(body.callbackUrl);
		if (problem !== undefined) throw badRequest(`callbackUrl ${problem}`);
		const { id, ...dates } = newEntity(context);
		const expiresAt = context.clock.now() + context.settings.journeyMinutes * 60_000;
		const journey = context.store.journeys.add({
			id,
			...dates,
			clientId: client.id,
			status: 'new',
			url: `${baseUrl}/journey/${id}`,
			expiryDate: context.clock.iso(expiresAt),
			...body,
			errorCode: null,
			exitedAt: null,
			result: null,
			deleted: false,
			deletedDate: null,
		});
		context.scheduler.at(expiresAt, (at) => endJourney(context, id, { status: 'expired' }, at));
		return { status: 200, body: journey };
	},
	getJourney: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const journey = context.store.journeys.get(path.journey_id);
		if (journey === undefined || journey.clientId !== client.id) throw notFound('journey', path.journey_id);
		return { status: 200, body: journey };
	},
};

export function isOpen({ status }: Journey): boolean {
	return status === 'new' || status === 'pending';
}

/** Marks a journey as pending when the end customer opens its page. */
export function openJourney(context: FondoContext, id: string): Journey | undefined {
	const journey = context.store.journeys.get(id);
	if (journey?.status !== 'new') return journey;
	return context.store.journeys.update(journey, { status: 'pending', modifiedDate: context.clock.iso() });
}

/** Ends an open journey and sends the callback to the partner. */
export function endJourney(context: FondoContext, id: string, journeyEnd: JourneyEnd, at = context.clock.now()): Journey | undefined {
	const previous = context.store.journeys.get(id);
	if (previous === undefined || !isOpen(previous)) return previous;
	const outcome = journeyEnd.status === 'complete' ? complete(context, previous, journeyEnd.customer) : journeyEnd;
	const current = context.store.journeys.update(previous, { ...outcome, modifiedDate: context.clock.iso(at) });
	const eventType = 'journey.update';
	const shown = showFondo({ eventType, current, previous, scope: current.scope ?? null }, 'list', context);
	sendCallback(context, current.callbackUrl, eventType, shown);
	return current;
}

function complete(context: FondoContext, journey: Journey, customer: Customer): Pick<Journey, 'status' | 'result'> {
	const account = openAccount(context, journey, customer).id;
	return { status: 'complete', result: { account, ...(customer.kyc === undefined ? {} : { kyc: customer.kyc }) } };
}

function openAccount(context: FondoContext, { clientId, journey }: Journey, { personalNumber, accountName }: Customer): Account {
	return context.store.accounts.add({
		...newEntity(context),
		ref: withLuhn(`1603${context.random.digits(10)}`),
		name: journey.accountName ?? accountName ?? 'Spar',
		status: 'active',
		accountType: journey.accountTypes?.[0] ?? 'isk',
		serviceType: journey.serviceType ?? 'portfolioManagement',
		owner: ownerOf(context, personalNumber),
		balance: 0,
		amounts: { deposited: 0, withdrawn: 0 },
		positions: [],
		deleted: false,
		clientId,
		bankAccounts: [],
		currency: 'SEK',
	});
}

/** The person that BankID would name: the owner of an existing account, otherwise a test person. */
function ownerOf(context: FondoContext, ssn: string): Account['owner'] {
	const existing = context.store.accounts.all().find(({ owner }) => owner.ssn === ssn);
	if (existing !== undefined) return existing.owner;
	const [firstName, lastName] = ssn === '191212121212' ? ['Tolvan', 'Tolvansson'] : ['Test', 'Testsson'];
	return { firstName, lastName, fullName: `${firstName} ${lastName}`, ssn };
}
