import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/operation';
import { agreementPdf } from './agreementPdf';
import { born } from './booking';
import { invalid, missing, theAccount, theClient } from './lookups';
import { clientOfAccount } from './store';

const AGREEMENTS = [
	{ key: 'account', swe: 'Kontoavtal' },
	{ key: 'power_of_attorney', swe: 'Fullmakt' },
];

/** Clients, agreements, allocation plans and the closing of accounts. */
export const administrationHandlers: Handlers<operations> = {
	createClient: ({ body }, world) => {
		if (body.id !== undefined && world.fondo.clients.get(body.id) !== undefined) throw invalid(`id ${body.id} is taken`);
		oneAccountPerFee(body.bankAccounts);
		const { id, ...made } = born(world);
		const serviceTypes = body.serviceTypes.map((type) => ({ ...type, code: world.random.digits(6) }));
		const client = world.fondo.clients.add({ bankAccounts: [], ...body, id: body.id ?? id, ...made, serviceTypes });
		return world.settings.fondo.createAnswer === 'body' ? { status: 200, body: client } : { status: 204 };
	},
	updateClient: ({ path, body }, world) => {
		const client = theClient(world, path.client_id);
		oneAccountPerFee(body.bankAccounts);
		const { serviceTypes, ...rest } = body;
		const coded = serviceTypes?.map((type) => ({
			code: client.serviceTypes.find((known) => known.accountServiceType === type.accountServiceType)?.code ?? world.random.digits(6),
			...type,
		}));
		const patch = { ...rest, ...(coded === undefined ? {} : { serviceTypes: coded }), modifiedDate: world.clock.iso() };
		return { status: 200, body: world.fondo.clients.update(client, patch) };
	},
	deleteAccount: ({ path }, world) => {
		const account = theAccount(world, path.client_id, path.account_id);
		if (account.deleted === true) throw invalid('The account is already closed');
		if (account.balance !== 0 || account.positions.length > 0) {
			throw invalid(`Only an empty account can be closed; it holds ${account.balance} SEK and ${account.positions.length} positions`);
		}
		const date = world.clock.iso();
		return {
			status: 200,
			body: world.fondo.accounts.update(account, { deleted: true, deletedDate: date, modifiedDate: date }),
		};
	},
	getAgreementTypes: ({ path }, world) => {
		theAccount(world, path.client_id, path.account_id);
		return { status: 200, body: AGREEMENTS };
	},
	getAgreement: ({ path }, world) => {
		const account = theAccount(world, path.client_id, path.account_id);
		const type = AGREEMENTS.find(({ key }) => key === path.agreement_type_key);
		if (type === undefined) throw missing('agreement', path.agreement_type_key);
		const lines = [type.swe, `Konto ${account.ref}`, account.owner.fullName ?? '', `Datum ${account.createdDate.slice(0, 10)}`];
		return { status: 200, body: agreementPdf(lines), headers: { 'content-type': 'application/pdf' } };
	},
	getAllocationPlans: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		return {
			status: 200,
			body: world.fondo.plans.all().filter(({ account }) => clientOfAccount(world.fondo, account) === client.id),
		};
	},
	getAllocationPlan: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const plan = world.fondo.plans.get(path.allocation_plan_id);
		if (plan === undefined || clientOfAccount(world.fondo, plan.account) !== client.id)
			throw missing('allocation plan', path.allocation_plan_id);
		return { status: 200, body: plan };
	},
	getAllocationPlanByAccountId: ({ path }, world) => {
		const account = theAccount(world, path.client_id, path.account_id);
		const plan = world.fondo.plans.all().find((candidate) => candidate.account === account.id);
		if (plan === undefined) throw missing('allocation plan of account', account.id);
		return { status: 200, body: plan };
	},
	patchAllocationPlan: ({ path, body }, world) => {
		const client = theClient(world, path.client_id);
		const plan = world.fondo.plans.get(path.allocation_plan_id);
		if (plan === undefined || clientOfAccount(world.fondo, plan.account) !== client.id)
			throw missing('allocation plan', path.allocation_plan_id);
		if (typeof body.bankAccount !== 'string') {
			throw invalid('bankAccount: the sandbox only takes the id of a bank account, since the contract demands one in every answer');
		}
		const account = theAccount(world, client.id, plan.account);
		if (!account.bankAccounts.some(({ id }) => id === body.bankAccount)) {
			throw invalid(`bankAccount ${body.bankAccount} does not belong to account ${account.id}`);
		}
		return { status: 200, body: world.fondo.plans.update(plan, { bankAccount: body.bankAccount }) };
	},
};

function oneAccountPerFee(bankAccounts: Array<{ feeType: string }> | undefined): void {
	const types = (bankAccounts ?? []).map(({ feeType }) => feeType);
	if (new Set(types).size < types.length) throw invalid('bankAccounts: each feeType may occur once');
}
