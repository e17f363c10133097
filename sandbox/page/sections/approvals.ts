import type { Approval, Payment, PaymentBatch } from '../../finvis/objects';
import type { TenantStore } from '../../finvis/store';
import { html, type Html } from '../../http/html';
import { FINVIS_APPROVER, FINVIS_IDENTITIES } from '../../state/identities';
import { amount, dateTime, money, plural, statusBadge, withDetail } from '../format';
import { button, select } from '../formControls';
import { groupName } from '../labels';
import { table } from '../table';
import type { Section, View } from '../view';

interface ApprovalRow {
	approval: Approval;
	batch: PaymentBatch | undefined;
	payments: Payment[];
	group: string;
}

/** Approvals, and the form that approves as a person. */
export const approvals: Section = {
	id: 'approvals',
	title: 'Approvals',
	count: ({ state }) => state.finvis.store.all().reduce((total, { approvals }) => total + approvals.all().filter(isPending).length, 0),
	content: (view) => {
		const now = view.state.clock.iso();
		return html`<header>
				<form id="approve-as" method="post" action="/ui/approve">
					${select('person', 'Approve as', personOptions(view), FINVIS_APPROVER.clientId)}
				</form>
				${fourEyes(view)}
			</header>
			${table(view, {
				id: 'approvals-table',
				caption: 'Approvals, pending ones first',
				columns: [
					{ header: 'Batch', rowHeader: true, cell: ({ batch, group }) => withDetail(batch?.name ?? 'unknown', group) },
					{ header: 'Payments', cell: paymentsOf },
					{ header: 'Requested by', cell: ({ approval }) => withDetail(approval.requested_by ?? '', dateTime(approval.requested_at, now)) },
					{ header: 'Amount', number: true, cell: ({ approval }) => money(approval.amount, approval.currency) },
					{
						header: 'Status',
						cell: ({ approval, batch }) => (isPending(approval) ? approveButton(approval, batch) : statusBadge(approval.status)),
					},
				],
				rows: approvalRows(view),
				key: ({ approval }) => approval.id,
				searchTexts: ({ approval, batch }) => [approval.id, approval.requested_by, approval.object_id, batch?.name],
				emptyText: 'There is no approval.',
				maxRows: 7,
			})}`;
	},
};

const isPending = ({ status }: Approval): boolean => status === 'pending';

/** Pending approvals first, and within each group the latest first. */
function approvalRows({ state }: View): ApprovalRow[] {
	const all = state.finvis.store
		.all()
		.flatMap((tenant) => tenant.approvals.all().map((approval) => approvalRow(tenant, approval, groupName(state, tenant.id))));
	const rank = ({ approval }: ApprovalRow): string => `${isPending(approval) ? 1 : 0}${approval.decided_at ?? approval.requested_at}`;
	return all.sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

function approvalRow({ batches, payments }: TenantStore, approval: Approval, group: string): ApprovalRow {
	const id = approval.object_id;
	return { approval, batch: batches.get(id), payments: payments.all().filter(({ batchId }) => batchId === id), group };
}

function paymentsOf({ approval, payments }: ApprovalRow): Html {
	return html`<details id="payments-${approval.id}">
		<summary>${plural(payments.length, 'payment')}</summary>
		<ul>
			${payments.map(
				({ creditorName, creditorAccount, amount: paid, endToEndId }) =>
					html`<li><span>${withDetail(creditorName, `${endToEndId} · ${creditorAccount.value}`)}</span> <span>${amount(paid)}</span></li>`,
			)}
		</ul>
	</details>`;
}

function approveButton({ id }: Approval, batch: PaymentBatch | undefined): Html {
	const name = batch?.name ?? id;
	return html`<button form="approve-as" name="approval" value="${id}" id="approve-${id}" aria-label="Approve ${name}">Approve</button>`;
}

function personOptions({ state }: View): Array<[string, string]> {
	return FINVIS_IDENTITIES.map(({ clientId, person, tenants, scopes }) => {
		const groups = tenants.length > 1 ? 'both groups' : tenants.map((tenant) => groupName(state, tenant)).join(', ');
		return [clientId, `${person}, ${scopes.includes('write:payments') ? groups : 'may only read'}`];
	});
}

function fourEyes({ state }: View): Html {
	const on = state.settings.finvis.fourEyes;
	return html`<div id="four-eyes" data-live>
		<form method="post" action="/ui/four-eyes">
			<span>Four eyes ${on ? statusBadge('on', 'good') : statusBadge('off', 'idle')}</span>
			${button({ id: 'four-eyes-switch', label: on ? 'Switch off' : 'Switch on', about: 'four eyes', name: 'on', value: on ? 'no' : 'yes' })}
		</form>
	</div>`;
}
