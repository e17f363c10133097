import { beforeAll, expect, test } from '@jest/globals';
import { outputOf, reasonOf } from '../../tools/n8n-host/client.mjs';
import { fondoReader } from '../../tools/soak/fondo.mjs';
import { saveExample } from '../../tools/stack.mjs';
import { sandbox, signedIn } from './stack.mjs';

const ROWS = 3_500;

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
	await sandbox.call('POST', '/reset');
});

test('the example reads each row of a long list once, a page in an execution of its own', async () => {
	const read = await fondoReader(sandbox);
	const [{ id: client }] = await read('/client');
	const path = `/client/${client}/transaction/cash`;
	const { length } = await read(path);
	if (length < ROWS) await sandbox.call('POST', '/deposits', { clientId: client, count: ROWS - length, amount: 1.1 });
	const all = await read(path);

	const { workflow, trigger } = await saveExample(n8n.client, n8n.credentials, 'process-in-pages.json');
	const execution = await n8n.client.run(workflow, trigger, 120_000);
	if (execution.status !== 'success') throw new Error(reasonOf(execution));

	const [{ json }] = outputOf(execution, 'Done').length > 0 ? outputOf(execution, 'Done') : [{ json: undefined }];
	const ore = all.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
	expect(json).toMatchObject({ client, next: '', rows: all.length });
	expect(Math.round(json.amount * 100)).toBe(ore);
	const turns = execution.data.resultData.runData['Read and work on a page'];
	expect(turns.length).toBeGreaterThanOrEqual(Math.ceil(all.length / 1_000));
	for (const { data } of turns) expect(data.main[0]).toHaveLength(1);
	expect(execution.data.resultData.runData).not.toHaveProperty('Read the page');
});
