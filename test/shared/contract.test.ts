import { OWN_CASH } from '../../nodes/Fondo/findReference';
import { keyOf } from '../../nodes/shared/writes/idempotencyKey';
import { urlOf } from '../../nodes/shared/http/url';
import { main as contracts } from '../../tools/contracts/cli';
import { apis, operationsIn, samplesFor } from '../support/contract';

/** Operations of the contracts that live elsewhere than in the action nodes. */
const elsewhere: Record<string, string> = {
	authToken: 'the credential asks for tokens',
	createToken: 'the credential asks for tokens',
	createTenantToken: 'the credential asks for tokens',
	getWebsocket: 'the event stream belongs to a trigger',
	webhookCallback: 'Fondo calls us',
};

describe.each(apis)('the operations of $contract.name', ({ contract, resources }) => {
	const offered = operationsIn(resources);

	test.each(offered)('$at is a route of the contract', ({ operation }) => {
		expect([...contract.byRoute.keys()]).toContain(operation.route);
		if (operation.lookup !== undefined) expect([...contract.byRoute.keys()]).toContain(operation.lookup.list);
	});

	test.each(offered)('$at asks what the contract accepts, in every form of its panel', async ({ operation }) => {
		const [method] = operation.route.split(' ');
		const validator = await contract.validator();
		const asked = samplesFor(operation).map((values) => {
			const { path, query, body } = operation.request(values);
			const place = { name: 'x', credential: 'x', baseUrl: 'https://x.example', identity: 'x' };
			const url = new URL(urlOf(place, { route: operation.route, path }));
			const sent = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
			const { valid, errors } = validator.validateRequest(
				{
					method,
					path: url.pathname,
					query: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
					headers: {
						'content-type': 'application/json',
						'idempotency-key': keyOf(place, { route: operation.route, path, reference: 'r' }),
					},
					body: body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as object),
				},
				contract.byRoute.get(operation.route),
			);
			return { valid, errors, path: url.pathname };
		});
		// One `expect` for all samples, because one for each costs as much as the validation.
		expect(asked.filter(({ valid, errors, path }) => !valid || errors !== null || path.includes('{'))).toEqual([]);
	});

	test('every operation of the contract is offered, or lives elsewhere for a reason that is given', () => {
		const inPanel = offered.map(({ operation }) => contract.byRoute.get(operation.route));
		const missing = [...contract.byRoute.values()].filter((id) => !inPanel.includes(id) && !(id in elsewhere));
		expect(missing).toEqual([]);
	});

	test('no two operations of one resource have the same action', () => {
		const actions = offered.map(({ operation }) => operation.action);
		expect(new Set(actions).size).toBe(actions.length);
	});

	test('what creates money movement, or needs a key of its own, asks for a reference', () => {
		const withReference = offered.filter(({ operation }) => 'reference' in operation.fields).map(({ at }) => at);
		expect(withReference).toEqual(
			contract.name === 'fondo'
				? ['account.payOut', 'order.create', 'order.redeemAndPayOut', 'paymentInstruction.create']
				: ['paymentBatch.create', 'paymentBatch.createFromItems', 'paymentBatch.check', 'paymentBatch.preparePlan', 'webhook.create'],
		);
	});
});

test('cash that an operation makes under a reference of its own is known as such', () => {
	const kinds = apis
		.flatMap(({ resources }) => operationsIn(resources))
		.flatMap(({ operation }) => operation.lookup?.filter?.transactionType ?? []);
	expect([...new Set(kinds)].sort()).toEqual([...OWN_CASH].sort());
});

test('the types are made from the contracts as they are', async () => {
	await expect(contracts(['--check'])).resolves.toBeUndefined();
});
