import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Operation } from '../../nodes/shared/operation';
import { isWrite } from '../../nodes/shared/resource';
import { misfits, previewsOf } from '../../tools/contracts/previews';
import { apis, operationsIn } from '../support/contract';
import { useBench } from '../support/sandbox';
import type { Plan } from '../../nodes/Finvis/plan/plan';
import { planAbout, withPlan } from '../support/plan';
import { byId, seeded } from '../support/samples';

const bench = useBench();

/** IDs and values that only the sandbox knows, by parameter name; grows as operations create objects. */
const known: Record<string, unknown> = {};

beforeAll(async () => {
	const seed = await seeded(bench);
	const [account] = seed.accounts;
	const engine = bench.fondo();
	const [details] = (
		await engine.run({ resource: 'account', operation: 'get', parameters: { client: byId(seed.client), account: byId(account) } })
	).json;
	const [held] = details.positions as Array<{ instrument: string }>;
	const [bankAccount] = details.bankAccounts as Array<{ id: string }>;
	const accounts = {
		resource: 'account',
		operation: 'getMany',
		parameters: { client: byId(seed.client), returnAll: true, simplify: false },
	};
	// An account that holds something is not closed.
	const empty = (await engine.run(accounts)).json.find(({ balance, deleted }) => balance === 0 && deleted !== true);
	const [match] = (
		await bench
			.finvis()
			.run({ resource: 'reconciliation', operation: 'getMany', parameters: { limit: 1, filters: { status: 'suggested' } } })
	).json;
	Object.assign(known, {
		match: match.id,
		client: seed.client,
		account,
		emptyAccount: empty?.id,
		instrument: held.instrument,
		bankAccount: bankAccount.id,
		payFrom: seed.bankAccount,
		executorRef: (details.owner as { ssn: string }).ssn,
	});
});

const creators = ['create', 'submit', 'getManyPending'];
const order = (at: string) => (creators.indexOf(at.split('.')[1]) + 1 || creators.length + 1) + (/close|cancel|delete/.test(at) ? 10 : 0);

describe.each(apis)('every operation of $contract.name runs against the sandbox', ({ contract, resources }) => {
	const engine = () =>
		contract.name === 'fondo'
			? bench.fondo()
			: bench.finvis({
					scopes: ['admin:public_api', 'read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'],
				});

	/** Everything filled in: from what is known, else from the locator's own list, else the field's example. */
	async function filled(at: string, { fields, optional, perRow, route }: Operation): Promise<INodeParameters> {
		const parameters: Record<string, unknown> = {};
		for (const [name, { property, search, example }] of Object.entries({ ...fields, ...perRow })) {
			const isOfFinvis = contract.name === 'finvis' && name === 'account';
			if (property.type !== 'resourceLocator')
				parameters[name] =
					property.type === 'fixedCollection'
						? { rows: (example as object[]).map((row) => ({ ...row, ...('account' in row ? { account: known.account } : {}) })) }
						: (known[name] ?? example);
			else if (known[name] !== undefined && !isOfFinvis) parameters[name] = byId(known[name]);
			else if (search)
				parameters[name] = byId((await engine().list(search.method, { parameters: parameters as INodeParameters })).results[0]?.value);
			else parameters[name] = byId(example);
		}
		// A change needs something to change.
		const additionalFields = route.startsWith('PATCH ')
			? Object.fromEntries(
					Object.keys(optional)
						.filter((name) => name === 'name' || name === 'bankAccount')
						.map((name) => [name, known[name] ?? 'Changed']),
				)
			: {};
		return {
			...parameters,
			additionalFields,
			...(parameters.executionDate ? { executionDate: '={{ $now.plus({ days: 3 }) }}', bankDay: 'next' } : {}),
			...('plan' in parameters ? { plan: planAbout(parameters.plan as Plan, `every-${at}`, known.payFrom) } : {}),
			...(at === 'account.close' ? { account: byId(known.emptyAccount) } : {}),
			reference: `every-${at}`,
			limit: 3,
		} as unknown as INodeParameters;
	}

	const previews = previewsOf(contract.name === 'fondo' ? 'Fondo' : 'Finvis');
	const operations = operationsIn(resources).sort((a, b) => order(a.at) - order(b.at));

	test.each(operations)('$at', async ({ at, operation }) => {
		const [resource, key] = at.split('.');
		const isLooped = operation.output.waits;
		const parameters = withPlan(await filled(at, operation), engine().credential);
		const { error, json, items } = await engine().run({ resource, operation: key, parameters }, undefined, {
			isLooped,
		});
		expect(error && { message: error.message, description: error.description }).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		if (isWrite(operation)) expect((json[0].receipt as IDataObject).outcome).toMatch(/^(created|accepted)$/);
		// What n8n shows before the first run.
		for (const one of json) expect(misfits(previews.get(at), one)).toEqual([]);
		if (key === 'create' && json[0].id !== undefined && resource !== 'client') known[resource] = json[0].id;
	});

	test('and every answer of the sandbox was valid by the contract', () => {
		expect(bench.sandbox.admin.violations()).toEqual([]);
		const asked = new Set(bench.sandbox.admin.requests().map(({ operationId }) => operationId));
		for (const { operation } of operations) expect([...asked]).toContain(contract.byRoute.get(operation.route));
	});
});
