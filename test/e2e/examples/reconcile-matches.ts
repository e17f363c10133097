import { outputOf } from '../../../tools/harness/n8n/client';
import { itemsOf, type Check } from './world';

interface Match {
	readonly id: string;
	readonly confidence: number;
}

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	const matches = async (status: string) => await world.finvisList<Match>(`/reconciliation/matches?status=${status}`);
	const idsOf = (items: readonly Match[]) => items.map(({ id }) => id).sort();
	const suggested = await matches('suggested');
	const confirmedBefore = await matches('confirmed');
	const sure = suggested.filter(({ confidence }) => confidence >= 0.95);
	const doubtful = suggested.filter(({ confidence }) => confidence < 0.95);
	expect(sure.length).toBeGreaterThan(0);

	const first = await world.run(workflow);
	expect(idsOf(await matches('confirmed'))).toEqual(idsOf([...confirmedBefore, ...sure]));
	expect(idsOf(await matches('suggested'))).toEqual(idsOf(doubtful));
	const listed = itemsOf(first, 'Columns of the list');
	expect(listed.map(({ match }) => match).sort()).toEqual(idsOf(doubtful));
	expect(listed.map(({ confidence }) => confidence)).toEqual(doubtful.map(({ confidence }) => confidence).sort((one, other) => other - one));
	const [{ binary }] = outputOf(first, 'Send the list to accounting');
	expect(binary?.data).toMatchObject({ fileName: 'doubtful-matches.xlsx', mimeType: expect.stringContaining('spreadsheet') });

	const second = await world.run(workflow);
	expect(outputOf(second, 'Confirm the match')).toEqual([]);
	expect(await world.ledger()).toEqual([]);
};
