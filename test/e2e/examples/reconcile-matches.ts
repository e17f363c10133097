import { expect } from '@jest/globals';
import { outputOf } from '../../../tools/n8n-host/client.mjs';
import { itemsOf } from './world.mjs';

export default async function check(world, file) {
	const workflow = await world.imported(file);
	const matches = async (status) => await world.finvisList(`/reconciliation/matches?status=${status}`);
	const idsOf = (items) => items.map(({ id }) => id).sort();
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
	expect(binary.data).toMatchObject({ fileName: 'doubtful-matches.xlsx', mimeType: expect.stringContaining('spreadsheet') });

	const second = await world.run(workflow);
	expect(outputOf(second, 'Confirm the match')).toEqual([]);
	expect(await world.ledger()).toEqual([]);
}
