import type { INodeParameters } from 'n8n-workflow';
import { byId, type Api } from '../harness/n8n/workflow';
import type { SandboxClient } from '../harness/sandbox';
import { readExample, SWEEP } from '../harness/stack';

const EXECUTION_DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

/** What proves that a package with one of the services works: a read, a write that moves money, a trigger. */
export interface Service {
	readonly api: Api;
	readonly read: INodeParameters;
	write(sandbox: SandboxClient, reference: string): Promise<INodeParameters>;
	/** The operation of the contract that `write` calls. */
	readonly writeCall: string;
	readonly trigger: string;
	listen(sandbox: SandboxClient): Promise<INodeParameters>;
	/** How many triggers listen. */
	listeners(sandbox: SandboxClient): Promise<number>;
	/** Makes the trigger start: the ID of its item. */
	happen(sandbox: SandboxClient): Promise<string>;
}

const fromSweep = (name: string) => readExample(SWEEP).nodes.find((one) => one.name === name)?.parameters ?? {};

const creditor = { creditorName: 'Norr AB', creditorAccountType: 'iban', creditorAccount: 'SE1350083986623322991300' };

const clientOf = async ({ fondo }: SandboxClient) => (await fondo.read<Array<{ id: string }>>('/client'))[0].id;

export const SERVICES: readonly Service[] = [
	{
		api: 'fondo',
		read: { resource: 'client', operation: 'getMany', returnAll: true },
		write: async (_, reference) => ({ ...fromSweep('Subscribe to fund'), amount: '1000.00', reference }),
		writeCall: 'createOrder',
		trigger: 'fondoTrigger',
		listen: async (sandbox) => ({ clients: [await clientOf(sandbox)], objects: ['transaction'], kinds: ['created'] }),
		listeners: async (sandbox) => await sandbox.streams(),
		happen: async (sandbox) => (await sandbox.deposit({ clientId: await clientOf(sandbox), count: 1 })).transactions[0],
	},
	{
		api: 'finvis',
		read: { resource: 'account', operation: 'getMany', returnAll: true },
		write: async ({ finvis }, reference) => ({
			...fromSweep('Prepare transfer'),
			account: byId((await finvis.list('/accounts/'))[0].id),
			executionDate: EXECUTION_DATE,
			payments: { rows: [{ amount: '1.00', ...creditor }] },
			reference,
		}),
		writeCall: 'createPaymentBatch',
		trigger: 'finvisTrigger',
		listen: async () => ({ events: ['payment.status.updated'] }),
		listeners: async (sandbox) => (await sandbox.webhooks()).length,
		happen: async (sandbox) => (await sandbox.emitEvent('payment.status.updated', { batch_id: 'b1', status: 'executed' }))[0],
	},
];
