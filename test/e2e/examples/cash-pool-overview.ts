import { reasonOf } from '../../../tools/harness/n8n/client';
import { itemsOf, swedish, type Check, type Positions } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file, { keepAtLeast: 2_000_000 });
	const run = await world.run(workflow);
	const { positions } = await world.sandbox.finvis.read<Positions>('/reporting/positions?currency=SEK');
	const companies = await world.finvisList<{ id: string; name: string }>('/companies');
	const oere = (amount: unknown) => Math.round(Number(amount) * 100);
	const wanted = companies.map(({ id, name }): [string, number, number] => {
		const own = positions.filter(({ company_id }) => company_id === id);
		return [name, own.length, own.reduce((sum, one) => sum + oere(one.available_balance), 0)];
	});
	const rows = itemsOf(run, 'Company and balance');
	expect(rows.map(({ company, accounts, available }) => [company, accounts, oere(available)])).toEqual(wanted);
	expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(['Norrlandskoncernen']));

	const low = wanted.filter(([, , available]) => available < 200_000_000).sort(([, , one], [, , other]) => one - other);
	expect(low.length).toBeGreaterThan(0);
	const reported = itemsOf(run, 'Tell who needs cover').map(({ company, missing }) => [company, oere(missing)]);
	expect(reported).toEqual(low.map(([name, , available]) => [name, 200_000_000 - available]));
	const [page] = await world.filesOf(run, 'Send the overview');
	expect(page).toMatchObject({ name: 'cash-pool.html', type: 'text/html' });
	for (const [name] of wanted) expect(page.text).toContain(`<td>${name}</td>`);
	expect(page.text).toContain(swedish(wanted.reduce((sum, [, , available]) => sum + available, 0) / 100));

	await world.sandbox.addFaults({ match: { path: 'getPositions' }, kind: 'status', status: 403, body: { detail: 'no' } });
	expect(reasonOf(await world.run(workflow, 'Start', 'error'))).toMatch(/^Get the positions of a company: Finvis does not allow this/);
	expect(await world.ledger()).toEqual([]);
};
