/** Defaults of version 1.1, and of the saved workflows of version 1. */
import type { INodeParameters } from 'n8n-workflow';
import { batch, byId, seeded, type Seeded } from '../support/samples';
import { useBench } from '../support/sandbox';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const ACCOUNTS = { iban: 'SE3550000000054910000003', bankgiro: '5050-1055' };
type AccountType = keyof typeof ACCOUNTS;

const cases = ([1, 1.1] as const).flatMap((typeVersion) =>
	(['create', 'createFromItems', 'check'] as const).flatMap((operation) =>
		(['iban', 'bankgiro'] as const).map((account) => ({ typeVersion, operation, account })),
	),
);

/** A batch of one payment whose account type was left as it is in a new row, so n8n did not store it. */
async function run(typeVersion: number, operation: string, account: AccountType) {
	const payment = { amount: '100.50', creditorName: 'Leverantören AB', creditorAccount: ACCOUNTS[account] };
	const of = batch(seed, { reference: `default ${typeVersion} ${operation} ${account}`, account: byId(seed.bankAccount) });
	const { payments: _, ...shared } = of.parameters;
	const rows = operation === 'create' ? { payments: { rows: [payment] } } : payment;
	return await bench.finvis().run({ ...of, typeVersion, operation, parameters: { ...shared, ...rows } as INodeParameters });
}

test.each(cases)(
	'version $typeVersion, $operation: an account without a type is an IBAN in version 1, then a bankgiro ($account)',
	async ({ typeVersion, operation, account }) => {
		const { error, json } = await run(typeVersion, operation, account);
		const isRight = account === (typeVersion === 1 ? 'iban' : 'bankgiro');
		if (operation === 'check') expect(json[0].go).toBe(isRight);
		else if (isRight) expect(json[0].receipt).toMatchObject({ outcome: 'created' });
		else expect(error?.message).toContain("'Creditor Account'");
	},
);
