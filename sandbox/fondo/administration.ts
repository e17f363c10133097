import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import { agreementPdf } from './agreementPdf';
import { newEntity } from './booking';
import type { FondoContext } from './context';
import { badRequest, doneBefore, notFound, requireAccount, requireClient } from './lookups';
import { wholeList } from './pagination';
import { clientOfAccount } from './store';

const AGREEMENTS = [
	{ key: 'account', swe: 'Kontoavtal' },
	{ key: 'power_of_attorney', swe: 'Fullmakt' },
];

/** Creates and updates clients, closes accounts, and serves agreements and allocation plans. */
export const administrationHandlers: Handlers<operations, FondoContext> = {
	createClient: ({ body }, context) => {
		if (body.id !== undefined && context.store.clients.get(body.id) !== undefined) throw badRequest(`id ${body.id} is taken`);
		requireOneAccountPerFee(body.bankAccounts);
		const { id, ...dates } = newEntity(context);
		const serviceTypes = body.serviceTypes.map((type) => ({ ...type, code: context.random.digits(6) }));
		const client = context.store.clients.add({ bankAccounts: [], ...body, id: body.id ?? id, ...dates, serviceTypes });
		return context.settings.createAnswer === 'body' ? { status: 200, body: client } : { status: 204 };
	},
	updateClient: ({ path, body }, context) => {
		const client = requireClient(context, path.client_id);
		requireOneAccountPerFee(body.bankAccounts);
		const { serviceTypes, ...rest } = body;
		const withCodes = serviceTypes?.map((type) => ({
			code:
				client.serviceTypes.find((existing) => existing.accountServiceType === type.accountServiceType)?.code ?? context.random.digits(6),
			...type,
		}));
		const patch = { ...rest, ...(withCodes === undefined ? {} : { serviceTypes: withCodes }), modifiedDate: context.clock.iso() };
		return { status: 200, body: context.store.clients.update(client, patch) };
	},
	deleteAccount: ({ path }, context) => {
		const account = requireAccount(context, path.client_id, path.account_id);
		if (account.deleted === true) return { ...doneBefore(context, 'The account is already closed'), body: account };
		if (account.balance !== 0 || account.positions.length > 0) {
			throw badRequest(`Only an empty account can be closed; it holds ${account.balance} SEK and ${account.positions.length} positions`);
		}
		const date = context.clock.iso();
		return {
			status: 200,
			body: context.store.accounts.update(account, { deleted: true, deletedDate: date, modifiedDate: date }),
		};
	},
	getAgreementTypes: (request, context) => {
		requireAccount(context, request.path.client_id, request.path.account_id);
		return wholeList(AGREEMENTS, request, context);
	},
	getAgreement: ({ path }, context) => {
		const account = requireAccount(context, path.client_id, path.account_id);
		const type = AGREEMENTS.find(({ key }) => key === path.agreement_type_key);
		if (type === undefined) throw notFound('agreement', path.agreement_type_key);
		const lines = [type.swe, `Konto ${account.ref}`, account.owner.fullName ?? '', `Datum ${account.createdDate.slice(0, 10)}`];
		return { status: 200, body: agreementPdf(lines), headers: { 'content-type': 'application/pdf' } };
	},
	getAllocationPlans: (request, context) => {
		const client = requireClient(context, request.path.client_id);
		const plans = context.store.plans.all().filter(({ account }) => clientOfAccount(context.store, account) === client.id);
		return wholeList(plans, request, context);
	},
	getAllocationPlan: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const plan = context.store.plans.get(path.allocation_plan_id);
		if (plan === undefined || clientOfAccount(context.store, plan.account) !== client.id)
			throw notFound('allocation plan', path.allocation_plan_id);
		return { status: 200, body: plan };
	},
	getAllocationPlanByAccountId: ({ path }, context) => {
		const account = requireAccount(context, path.client_id, path.account_id);
		const plan = context.store.plans.all().find((candidate) => candidate.account === account.id);
		if (plan === undefined) throw notFound('allocation plan of account', account.id);
		return { status: 200, body: plan };
	},
	patchAllocationPlan: ({ path, body }, context) => {
		const client = requireClient(context, path.client_id);
		const plan = context.store.plans.get(path.allocation_plan_id);
		if (plan === undefined || clientOfAccount(context.store, plan.account) !== client.id)
			throw notFound('allocation plan', path.allocation_plan_id);
		if (typeof body.bankAccount !== 'string') {
			throw badRequest(
				'bankAccount: the sandbox accepts only the id of a bank account, because the contract requires one in every response',
			);
		}
		const account = requireAccount(context, client.id, plan.account);
		if (!account.bankAccounts.some(({ id }) => id === body.bankAccount)) {
			throw badRequest(`bankAccount ${body.bankAccount} does not belong to account ${account.id}`);
		}
		return { status: 200, body: context.store.plans.update(plan, { bankAccount: body.bankAccount }) };
	},
};

function requireOneAccountPerFee(bankAccounts: Array<{ feeType: string }> | undefined): void {
	const types = (bankAccounts ?? []).map(({ feeType }) => feeType);
	if (new Set(types).size < types.length) throw badRequest('bankAccounts: each feeType may occur once');
}
