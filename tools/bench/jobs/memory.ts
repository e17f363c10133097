import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { mustRun } from '../../base/run';
import { compile } from '../../harness/compile';
import { installN8n } from '../../harness/n8n/install';
import type { SavedWorkflow } from '../../harness/n8n/client';
import { byId, type Api } from '../../harness/n8n/workflow';
import type { BenchStack } from '../bench';
import type { Written } from '../inside/messages';
import type { BenchPlan, JobResult } from '../job';
import { kilobytes, milliseconds } from '../numbers';
import { ourNode, runWorkflow, saveMeasured } from '../workflow';

/** As many marks as the node lets n8n keep. */
const FULL = 20_000;
/** A hash and its quotation marks and comma. */
const BYTES_A_MARK = 27;
/** n8n's memory of a node has so many marks before the measured write. */
const COUNTS = [0, 1_000, FULL];

const EXECUTION_DATE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const NEW_REFERENCE = '={{ "memory " + $execution.id }}';

interface Kind {
	readonly title: string;
	readonly api: Api;
	readonly parameters: INodeParameters;
}

async function kindsOf({ sandbox }: BenchStack): Promise<readonly Kind[]> {
	const [{ id: client }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const accounts = await sandbox.fondo.read<Array<{ id: string; status: string; balance: number }>>(`/client/${client}/account`);
	const account = accounts.find(({ status, balance }) => status === 'active' && balance > 2_000)?.id ?? '';
	const bankAccount = (await sandbox.finvis.list('/accounts/')).find(({ currency }) => currency === 'SEK')?.id ?? '';
	const order = {
		resource: 'order',
		operation: 'create',
		client: byId(client),
		account: byId(account),
		orderType: 'subscription',
		instrument: byId('SE0001862426SEK'),
		amount: 100,
	};
	const payee = { creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
	const batch = {
		resource: 'paymentBatch',
		operation: 'create',
		account: byId(bankAccount),
		executionDate: EXECUTION_DATE,
		bankDay: 'next',
		payments: { rows: [{ amount: '1.00', ...payee }] },
	};
	return [
		{ title: 'order', api: 'fondo', parameters: { ...order, reference: NEW_REFERENCE } },
		{ title: 'order that is there already', api: 'fondo', parameters: { ...order, reference: 'memory found' } },
		{ title: 'payment batch', api: 'finvis', parameters: { ...batch, reference: NEW_REFERENCE } },
	];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What one write costs n8n's database, with an empty and with a full memory of the node. */
export async function memory(bench: BenchStack, { quick, log }: BenchPlan): Promise<JobResult> {
	const { node } = await installN8n();
	const script = compile(join(__dirname, '..', 'inside', 'memoryRow.ts'), bench.dataFolder);
	const database = join(bench.dataFolder, '.n8n', 'database.sqlite');
	const ask = async <T>(task: string, ...args: readonly string[]): Promise<T> =>
		JSON.parse(await mustRun(node.executable, [script, database, task, ...args]));
	const measure = async ({ title }: Kind, workflow: SavedWorkflow, marks: number) => {
		await ask('fill', workflow.id, String(marks));
		const { wall } = await runWorkflow(bench, workflow);
		const written = await ask<Written>('read', workflow.id);
		log(`${title}, ${marks} marks: ${written.rows.length} rows of ${kilobytes(sum(written.rows))}, log ${kilobytes(written.log)}`);
		return { title, marks, wall, ...written };
	};

	await ask('watch');
	const measured = [];
	for (const kind of await kindsOf(bench)) {
		const workflow = await saveMeasured(bench, `memory, ${kind.title}`, ourNode(bench, kind.api, kind.parameters));
		for (const marks of quick ? COUNTS.slice(0, 2) : COUNTS) measured.push(await measure(kind, workflow, marks));
	}
	const largest = Math.max(...measured.flatMap(({ rows }) => rows));
	const bound = FULL * BYTES_A_MARK + 100;
	return {
		title: "What a write costs n8n's database",
		table: [
			['one', 'marks before', 'times n8n writes the row', 'bytes of all of them', 'log of the database', 'time'],
			...measured.map(({ title, marks, rows, log: bytes, wall }) => [
				title,
				marks.toLocaleString('en'),
				rows.length,
				kilobytes(sum(rows)),
				kilobytes(bytes),
				milliseconds(wall),
			]),
		],
		verdicts: [{ goal: `≤ ${kilobytes(bound)} a row`, measured: kilobytes(largest), reached: largest <= bound }],
	};
}
