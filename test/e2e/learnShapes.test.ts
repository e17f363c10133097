import type { IDataObject, INode } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, reasonOf, type CredentialData } from '../../tools/harness/n8n/client';
import { byId, ourNode, saveManualWorkflow, type Api } from '../../tools/harness/n8n/workflow';
import { pass, useServer, type Received, type Reply } from '../support/server';
import { sampleClient } from './aiTools';

/** Vendors with other names and amounts in öre: what Learn Shapes proposes makes a lost payment found again. */
const { finvis, fondo, owner, sandbox } = useStack();

const NAMES: Readonly<Record<Api, Readonly<Record<string, string>>>> = {
	fondo: { clientRef: 'partnerReference', amount: 'amount_ore' },
	finvis: { name: 'batchName', total_amount: 'total_amount_ore' },
};
const IN_ORE = /_ore$/;

/** Paths of a list whose objects this vendor writes otherwise. */
const OBJECTS: Readonly<Record<Api, RegExp>> = { fondo: /\/order|\/transaction\/cash/, finvis: /\/payments\/batches/ };

const inOre = (amount: unknown) => {
	const ore = Math.round(Number(amount) * 100);
	return typeof amount === 'string' ? String(ore) : ore;
};

/** The names and amounts of the vendor, at any depth. */
function asVendor(value: unknown, names: Readonly<Record<string, string>>): unknown {
	if (Array.isArray(value)) return value.map((one) => asVendor(one, names));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => {
			const other = names[name] ?? name;
			return [other, IN_ORE.test(other) && field !== null ? inOre(field) : asVendor(field, names)];
		}),
	);
}

const vendors = { fondo: useServer(), finvis: useServer() };
const lost: Record<Api, number> = { fondo: 0, finvis: 0 };
const origins: Readonly<Record<Api, string>> = {
	fondo: new URL(fondo.data.baseUrl).origin,
	finvis: new URL(finvis.data.baseUrl).origin,
};

/** The vendor of an API: the sandbox behind it executes. It loses as many answers to writes as `lost` says. */
const answerOf = (api: Api) => async (call: Received) => {
	const reply: Reply = await pass(origins[api], call);
	if (call.method === 'POST' && lost[api]-- > 0) return undefined;
	const isChanged = OBJECTS[api].test(call.path) && (reply.status ?? 200) < 300 && reply.body !== '';
	return isChanged ? { ...reply, body: asVendor(JSON.parse(String(reply.body)), NAMES[api]) } : reply;
};

/** A credential for the vendor, in place of an earlier one of the same name. */
async function saveCredential(api: Api, vendorCorrections = '') {
	const { type, data }: CredentialData = api === 'fondo' ? fondo : finvis;
	const baseUrl = vendors[api].url + new URL(String(data.baseUrl)).pathname.replace(/\/$/, '');
	return await owner.client.saveCredential({ name: `A vendor like ${api}`, type, data: { ...data, baseUrl, vendorCorrections } });
}

type Parameters = INode['parameters'];

/** The items of one execution; its error in words, where it has one. */
async function run(api: Api, credential: Awaited<ReturnType<typeof saveCredential>>, parameters: Parameters) {
	const workflow = await saveManualWorkflow(owner, `At a vendor like ${api}`, ourNode({ credentials: [credential] }, api, parameters));
	const runOnce = async () => {
		const execution = await owner.client.run(workflow);
		if (execution.status !== 'success') return { items: [], error: reasonOf(execution) };
		return { items: jsonOf<IDataObject & { receipt?: { outcome: string } }>(execution, api === 'fondo' ? 'Fondo' : 'Finvis') };
	};
	return { first: await runOnce(), runOnce };
}

let orderOf: (reference: string) => Parameters;
let batchOf: (reference: string) => Parameters;
beforeAll(async () => {
	for (const api of ['fondo', 'finvis'] as const) {
		vendors[api].token = async (call) => await pass(origins[api], call);
		vendors[api].answer = answerOf(api);
	}
	const { client = '', account = '' } = await sampleClient(sandbox);
	const bankAccount = (await sandbox.finvis.list('/accounts/')).find(({ currency }) => currency === 'SEK')?.id ?? '';
	orderOf = (reference) => ({
		resource: 'order',
		operation: 'create',
		client: byId(client),
		account: byId(account),
		orderType: 'subscription',
		instrument: byId('SE0001862426SEK'),
		amount: 250.5,
		reference,
	});
	batchOf = (reference) => ({
		resource: 'paymentBatch',
		operation: 'create',
		account: byId(bankAccount),
		executionDate: '={{ $now.plus({ days: 3 }) }}',
		bankDay: 'next',
		reference,
		payments: {
			rows: [
				{ amount: '100.50', creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' },
			],
		},
	});
});

const sent = (api: Api) => vendors[api].received.filter(({ method }) => method === 'POST').length;
/** How many orders or batches the sandbox has under a reference. */
const made = async (api: Api, reference: string) =>
	api === 'fondo'
		? (await sandbox.ledger()).filter((entry) => entry.reference === reference).length
		: (await sandbox.finvis.list('/payments/batches/')).filter(({ name }) => String(name).startsWith(reference)).length;
const outcomesOf = ({ items, error }: Awaited<ReturnType<Awaited<ReturnType<typeof run>>['runOnce']>>) =>
	error ?? items.map(({ receipt }) => receipt?.outcome);

describe.each([
	['fondo', { fields: { partnerReference: 'clientRef', amount_ore: 'amount' }, minorUnits: ['amount_ore'] }],
	['finvis', { fields: { batchName: 'name', total_amount_ore: 'total_amount' }, minorUnits: ['total_amount_ore'] }],
] as const)('a vendor like %s with other names and amounts in öre', (api, corrections) => {
	const writeOf = (reference: string) => (api === 'fondo' ? orderOf(reference) : batchOf(reference));

	test('without a correction, a write with a lost answer is sent once, and its second run says that it is not known', async () => {
		const reference = `uncorrected-${api}`;
		const before = sent(api);
		lost[api] = 1;
		const { first, runOnce } = await run(api, await saveCredential(api), writeOf(reference));
		expect(first.error).toBeDefined();
		expect((await runOnce()).error).toBeDefined();
		expect([sent(api) - before, await made(api, reference)]).toEqual([1, 1]);
	});

	test('with the correction that Learn Shapes proposes, it is executed once and found', async () => {
		const learning = { resource: 'system', operation: 'learnShapes' };
		const learned = await run(api, await saveCredential(api), learning);
		expect(learned.first.error).toBeUndefined();
		const [{ vendorCorrections }] = learned.first.items;
		expect(JSON.parse(String(vendorCorrections))).toEqual(corrections);

		const reference = `corrected-${api}`;
		const before = sent(api);
		const credential = await saveCredential(api, String(vendorCorrections));
		lost[api] = 1;
		const { first, runOnce } = await run(api, credential, writeOf(reference));
		expect(outcomesOf(first)).toEqual(['created']);
		expect(outcomesOf(await runOnce())).toEqual(['found']);
		expect(first.items[0]).toMatchObject(api === 'fondo' ? { amount: 250.5, clientRef: reference } : { total_amount: '100.50' });
		expect([sent(api) - before, await made(api, reference)]).toEqual([1, 1]);
	});
});
