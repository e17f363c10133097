import { sum } from '../../data/decimal';
import { html } from '../../web/html';
import { clientNamed } from '../names';
import { table } from '../table';
import type { View } from '../view';
import { money, pair, state } from '../words';
import type { Section } from './section';

/** Bank accounts of Finvis and investor accounts of Fondo with what is on them. */
export const accounts: Section = {
	id: 'accounts',
	title: 'Accounts',
	count: (view) => bank(view).length + investor(view).length,
	content: (view) => html`${bankAccounts(view)} ${investorAccounts(view)}`,
};

const bank = ({ world }: View) =>
	world.finvis
		.all()
		.flatMap(({ accounts, companies }) =>
			accounts.all().map((account) => ({ account, company: companies.get(account.company_id)?.name ?? '' })),
		)
		.sort((a, b) => (a.account.balance_updated_at < b.account.balance_updated_at ? 1 : -1));

const investor = ({ world }: View) => [...world.fondo.accounts.all()].sort((a, b) => (a.modifiedDate < b.modifiedDate ? 1 : -1));

const bankAccounts = (view: View) =>
	table(view, {
		id: 'bank-table',
		caption: 'Bank accounts of Finvis, last moved first',
		columns: [
			{ head: 'Account', names: true, cell: ({ account, company }) => pair(company, account.name) },
			{ head: 'Bank', cell: ({ account }) => pair(account.bank, account.iban) },
			{ head: 'Booked', number: true, cell: ({ account }) => money(account.booked_balance, account.currency) },
			{ head: 'Available', number: true, cell: ({ account }) => money(account.available_balance, account.currency) },
		],
		rows: bank(view),
		key: ({ account }) => account.id,
		words: ({ account, company }) => [account.id, account.name, account.iban, account.bank, company],
		none: 'There is no bank account.',
		most: 6,
	});

const investorAccounts = (view: View) =>
	table(view, {
		id: 'investor-table',
		caption: 'Investor accounts of Fondo, last changed first',
		columns: [
			{ head: 'Investor', names: true, cell: ({ owner, name = '', ref }) => pair(owner.fullName ?? '', `${name} · ${ref}`) },
			{ head: 'Client', cell: ({ clientId }) => pair(clientNamed(view.world, clientId)) },
			{ head: 'Cash', number: true, cell: ({ balance, currency }) => money(balance, currency) },
			{
				head: 'Funds',
				number: true,
				cell: ({ positions, currency }) => money(sum(positions.map(({ value }) => value)), currency),
			},
			{
				head: 'State',
				cell: ({ status, deleted }) => (deleted ? state('closed', 'idle') : state(status, status === 'active' ? 'good' : 'idle')),
			},
		],
		rows: investor(view),
		key: ({ id }) => id,
		words: ({ id, ref, name, owner, clientId }) => [id, ref, name, owner.fullName, clientNamed(view.world, clientId)],
		none: 'There is no investor account.',
		most: 6,
	});
