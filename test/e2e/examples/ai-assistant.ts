import { referTo } from '../../../tools/harness/n8n/workflow';
import { openChatModel } from '../chatModel';
import { itemsOf, type Check, type Positions } from './world';

const QUESTION = 'What do we have, and please pay 100 kronor';

const PAYMENT = { account: 'a', executionDate: '2027-01-01', reference: 'of-the-ai', amount: '100.00', creditorName: 'x', creditorAccount: 'y' };

export const check: Check = async (world, file) => {
	const model = await openChatModel(world.client, () => [
		{ name: 'Read_cash_positions', values: { currency: 'SEK' } },
		{ name: 'Prepare_a_payment', values: PAYMENT },
	]);
	try {
		const workflow = await world.imported(file, {}, { 'Chat model': { credentials: referTo(model.credential) } });
		const question = { action: 'sendMessage', chatInput: QUESTION, sessionId: 'one' };
		const run = await world.ends(await world.start(workflow, 'Ask the assistant', [question]));
		const [{ output }] = itemsOf<{ output: string }>(run, 'Answer in the chat');
		const { total } = await world.sandbox.finvis.read<Positions>('/reporting/positions?currency=SEK');
		expect(output).toContain(total);
		expect(output).toContain('The AI may not write with this tool');
		const tools = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-fondo-finvis.')).map((node) => node.name.replaceAll(' ', '_'));
		expect(model.offered[0].sort()).toEqual(tools.sort());
		expect(await world.requests('createPaymentBatch')).toEqual([]);
		expect(await world.ledger()).toEqual([]);
	} finally {
		model.close();
	}
};
