import { html } from '../../http/html';
import { sum } from '../../state/decimal';
import { money, statusBadge, withDetail } from '../format';
import { clientName } from '../labels';
import { table } from '../table';
import type { Section, View } from '../view';

/** Bank accounts of Finvis and investor accounts of Fondo, with their holdings. */
export const accounts: Section = {
	id: 'accounts',
	title: 'Accounts',
	count: (view) => bankRows(view).length + investorRows(view).length,
	content: (view) => html`${bankAccounts(view)} ${investorAccounts(view)}`,
};

const bankRows = ({ state }: View) =>
	state.finvis.store
		.all()
		.flatMap(({ accounts, companies }) =>
			accounts.all().map((account) => ({ account, company: companies.get(account.company_id)?.name ?? '' })),
		)
		.sort((a, b) => (a.account.balance_updated_at < b.account.balance_updated_at ? 1 : -1));

const investorRows = ({ state }: View) => [...state.fondo.store.accounts.all()].sort((a, b) => (a.modifiedDate < b.modifiedDate ? 1 : -1));

const bankAccounts = (view: View) =>
	table(view, {
		id: 'bank-table',
		caption: 'Bank accounts of Finvis, latest movement first',
		columns: [
			{ header: 'Account', rowHeader: true, cell: ({ account, company }) => withDetail(company, account.name) },
			{ header: 'Bank', cell: ({ account }) => withDetail(account.bank, account.iban) },
			{ header: 'Booked', number: true, cell: ({ account }) => money(account.booked_balance, account.currency) },
			{ header: 'Available', number: true, cell: ({ account }) => money(account.available_balance, account.currency) },
		],
		rows: bankRows(view),
		key: ({ account }) => account.id,
		searchTexts: ({ account, company }) => [account.id, account.name, account.iban, account.bank, company],
		emptyText: 'There is no bank account.',
		maxRows: 6,
	});

const investorAccounts = (view: View) =>
	table(view, {
		id: 'investor-table',
		caption: 'Investor accounts of Fondo, latest change first',
		columns: [
			{ header: 'Investor', rowHeader: true, cell: ({ owner, name = '', ref }) => withDetail(owner.fullName ?? '', `${name} · ${ref}`) },
			{ header: 'Client', cell: ({ clientId }) => withDetail(clientName(view.state, clientId)) },
			{ header: 'Cash', number: true, cell: ({ balance, currency }) => money(balance, currency) },
			{
				header: 'Funds',
				number: true,
				cell: ({ positions, currency }) => money(sum(positions.map(({ value }) => value)), currency),
			},
			{
				header: 'Status',
				cell: ({ status, deleted }) =>
					deleted ? statusBadge('closed', 'idle') : statusBadge(status, status === 'active' ? 'good' : 'idle'),
			},
		],
		rows: investorRows(view),
		key: ({ id }) => id,
		searchTexts: ({ id, ref, name, owner, clientId }) => [id, ref, name, owner.fullName, clientName(view.state, clientId)],
		emptyText: 'There is no investor account.',
		maxRows: 6,
	});
