/** Two nodes of a few lines on every vendor: the oracle must accept the careful one and convict the careless one. */
import { POSITIONS } from '../../sandbox/vendors';
import { finvisVendor } from '../../sandbox/vendors/model/finvis';
import { fondoVendor } from '../../sandbox/vendors/model/fondo';
import type { Effect, Vendor, VendorResponse } from '../../sandbox/vendors/model/vendor';
import { type Intent, Judge, type Outcome, type Report, type Violation } from './oracle';

const ORDER = 'POST /v2/partner/client/{client_id}/order';
const BATCH = 'POST /payments/batches/';
const fund = { orderType: 'subscription', account: '49ad7378-121c-4a53-9894-dfd14a7b4877', instrument: 'SE0001862426SEK', amount: 1500 };
const payment = {
	amount: '100.00',
	currency: 'SEK',
	creditor_name: 'A',
	creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
};

type Api = 'fondo' | 'finvis';

/** INV-1, INV-2 with what the vendor refuses, then INV-1 again three days later. */
const WISHES = [
	{ reference: 'INV-1', isWrong: false, wait: 0 },
	{ reference: 'INV-2', isWrong: true, wait: 1000 },
	{ reference: 'INV-1', isWrong: false, wait: 3 * 86_400_000 },
];

function run(
	api: Api,
	positions: readonly string[],
	node: (send: () => VendorResponse, isUsed: boolean) => Omit<Report, 'intent' | 'at'>,
): Violation[] {
	const vendor: Vendor = api === 'fondo' ? fondoVendor({ positions }) : finvisVendor({ positions });
	const judge = new Judge();
	const violations: Violation[] = [];
	const used = new Set<string>();
	let now = Date.UTC(2026, 10, 2);
	let judged = 0;
	for (const [id, { reference, isWrong, wait }] of WISHES.entries()) {
		now += wait;
		const body = api === 'fondo' ? { ...fund, amount: isWrong ? -1 : 1500 } : { currency: 'SEK', payments: isWrong ? [] : [payment] };
		const path: Record<string, string> = api === 'fondo' ? { client_id: 'c' } : {};
		const intent: Intent = { id, operation: api === 'fondo' ? ORDER : BATCH, reference, scope: api, path, body };
		violations.push(...judge.intent(intent));
		const send = () =>
			vendor.handle(
				{
					method: 'POST',
					path: api === 'fondo' ? '/v2/partner/client/c/order' : '/payments/batches/',
					query: {},
					headers: { 'x-tenant-id': 't', 'idempotency-key': `0b5f6d3a-7c1e-4f9b-8a2d-0000000${reference.replace('INV-', '0000')}` },
					body: api === 'fondo' ? { ...body, clientRef: reference } : { ...body, name: reference },
					cause: id,
				},
				now,
			);
		const report = node(send, used.has(reference));
		used.add(reference);
		const effects: readonly Effect[] = vendor.effects();
		for (; judged < effects.length; judged++) {
			const effect = effects[judged];
			if (effect) violations.push(...judge.effect(effect));
		}
		violations.push(...judge.report({ ...report, intent: id, at: now }));
	}
	return violations;
}

const outcomeOf = ({ status }: VendorResponse): Outcome => (status < 400 ? 'created' : status < 500 ? 'rejected' : 'unknown');
const message = 'Look at the list before you do anything.';

/** Sends nothing twice, and believes the status. */
const careful = (send: () => VendorResponse, isUsed: boolean) => ({ outcome: isUsed ? ('refused' as const) : outcomeOf(send()), message });
/** Sends whenever it is asked, and once more after a failure. */
const careless = (send: () => VendorResponse) => {
	const first = send();
	return { outcome: outcomeOf(first.status >= 500 ? send() : first), message };
};

/** Where the status alone is a lie. */
const LIES = new Set(['fondo-success-false', 'fondo-errors-in-200', 'finvis-success-false', 'finvis-errors-in-200']);

test.each(POSITIONS.map(({ api, name }) => [name, api] as const))('%s: a careful node is judged by what the status says', (name, api) => {
	expect(run(api, [name], careful).map(({ invariant }) => invariant)).toEqual(LIES.has(name) ? ['I2'] : []);
});

test.each(POSITIONS.filter(({ api }) => api === 'fondo').map(({ name }) => name))('%s: a careless node pays twice at Fondo', (name) => {
	const broken = run('fondo', [name], careless).map(({ invariant }) => invariant);
	if (name.startsWith('used-references')) expect(broken).toEqual(['I3']);
	else expect(broken).toContain('I1');
});

test.each(['keys-ignored', 'keys-forgotten-after-30-seconds', 'keys-forgotten-after-30-minutes', 'keys-forgotten-after-a-day'])(
	'%s: a careless node pays twice at Finvis',
	(name) => expect(run('finvis', [name], careless).map(({ invariant }) => invariant)).toContain('I1'),
);

test('a careless node with a key is right where Finvis remembers keys', () => {
	expect(run('finvis', [], careless)).toEqual([]);
});
