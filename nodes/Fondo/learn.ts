import type { NodeApiError } from 'n8n-workflow';
import shapes from '../../contracts/fondo.shapes.json';
import type { paths } from '../../contracts/fondo';
import type { Learned } from '../shared/diagnostics/learn';
import { learned } from '../shared/diagnostics/learn';
import type { LearnedRead } from '../shared/diagnostics/learnReads';
import { reasonOf } from '../shared/diagnostics/learnReads';
import { boolean } from '../shared/fields/choice';
import type { SendRequest } from '../shared/http/request';
import type { Route } from '../shared/operation';

const ACCOUNTS = 'GET /v2/partner/client/{client_id}/account' satisfies Route<paths>;
const INSTRUMENTS = 'GET /v2/partner/instrument' satisfies Route<paths>;
const ORDERS = 'GET /v2/partner/client/{client_id}/order' satisfies Route<paths>;
const ORDER = 'GET /v2/partner/client/{client_id}/order/{order_id}' satisfies Route<paths>;
const CREATE = 'POST /v2/partner/client/{client_id}/order' satisfies Route<paths>;

/** An order that Fondo only checks: of 100 kronor for the first account and fund. */
async function checks(client: SendRequest, reads: readonly LearnedRead[]): Promise<Array<LearnedRead & { like: string }>> {
	const found = (route: string) => reads.find((read) => read.route === route);
	const accounts = found(ACCOUNTS);
	const [account, instrument] = [accounts?.ids?.[0], found(INSTRUMENTS)?.ids?.[0]];
	const result = { route: CREATE, like: ORDER };
	if (account === undefined || instrument === undefined) return [{ ...result, notRead: 'no list shows an account and a fund' }];
	const request = {
		route: CREATE,
		path: { client_id: String(accounts?.path?.client_id) },
		query: { 'validate-only': 'true' },
		body: { orderType: 'subscription', account, instrument, amount: 100 },
		reference: 'learn-shapes',
		lookup: { list: ORDERS },
	};
	return await client(request).then(
		({ body }) => [{ ...result, body }],
		(error: Partial<NodeApiError>) => [{ ...result, notRead: reasonOf(error) }],
	);
}

const api: Learned = {
	shapes,
	mostCalls: 40,
	needs: {
		sortedId: { effect: 'refuses', explanation: 'The nodes refuse a list that may have a second page, because they cannot ask for it.' },
		clientRef: {
			effect: 'works',
			explanation: 'The nodes do not find a write by its reference. After a lost answer they say unknown, and send nothing again.',
		},
		id: { effect: 'ignores', explanation: 'Lists to choose from and triggers leave out an object without ID.' },
		modifiedDate: { effect: 'ignores', explanation: 'Triggers take the creation date instead, and do not see later changes.' },
	},
	checks,
};

export const learnFondo = learned(api, {
	includeChecks: boolean({
		label: 'Include Writes by Validate Only',
		description:
			'Whether to also let Fondo check an order of 100 kronor for the first account and fund. An API that ignores Validate Only would place it: try it in the sandbox of Fondo.',
	}),
});
