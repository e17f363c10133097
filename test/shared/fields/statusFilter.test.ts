import type { INodeParameters } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';

const bench = useBench();

const batches = async (filters: INodeParameters) =>
	await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true, filters } });
const statuses = async (filters: INodeParameters) => [...new Set((await batches(filters)).json.map(({ status }) => status))];

test.each<[string, INodeParameters, string]>([
	['a status of the list', { status: 'draft' }, 'draft'],
	['a status that an expression gives', { status: "={{ 'exec' + 'uted' }}" }, 'executed'],
	['another status', { status: 'other', otherStatus: 'executed' }, 'executed'],
	['another status alone', { otherStatus: 'draft' }, 'draft'],
])('%s', async (_, filters, status) => {
	expect(await statuses(filters)).toEqual([status]);
});

test("'Other…' without a status is refused", async () => {
	const { error } = await batches({ status: 'other' });
	expect(error).toMatchObject({
		message: expect.stringContaining("'Status' is Other…, and 'Other Status' is missing"),
		description: "Add the filter 'Other Status', or choose a status from the list.",
	});
});
