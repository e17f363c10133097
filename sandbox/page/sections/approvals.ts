import type { Approval, Payment, PaymentBatch } from '../../finvis/objects';
import type { TenantStore } from '../../finvis/store';
import { FINVIS_APPROVER, FINVIS_IDENTITIES } from '../../identities';
import { html, type Html } from '../../web/html';
import { button, choice } from '../controls';
import { groupOf } from '../names';
import { table } from '../table';
import type { View } from '../view';
import { amount, moment, money, pair, plural, state } from '../words';
import type { Section } from './section';

interface Asked {
	approval: Approval;
	batch: PaymentBatch | undefined;
	payments: Payment[];
	group: string;
}

/** What waits for a person, and the means to be that person. */
export const approvals: Section = {
	id: 'approvals',
	title: 'Approvals',
	count: ({ world }) => world.finvis.all().reduce((total, { approvals }) => total + approvals.all().filter(isOpen).length, 0),
	content: (view) => {
		const now = view.world.clock.iso();
		return html`<div class="bar">
				<form id="approve-as" method="post" action="/ui/approve">
					${choice('person', 'Approve as', personChoices(view), FINVIS_APPROVER.clientId)}
				</form>
				${fourEyes(view)}
			</div>
			${table(view, {
				id: 'approvals-table',
				caption: 'Approvals, those that wait first',
				columns: [
					{ head: 'Batch', names: true, cell: ({ batch, group }) => pair(batch?.name ?? 'unknown', group) },
					{ head: 'Payments', cell: (asked) => paymentsOf(asked) },
					{ head: 'Asked for by', cell: ({ approval }) => pair(approval.requested_by ?? '', moment(approval.requested_at, now)) },
					{ head: 'Amount', number: true, cell: ({ approval }) => money(approval.amount, approval.currency) },
					{
						head: 'State',
						cell: ({ approval, batch }) => (isOpen(approval) ? approve(approval, batch) : state(approval.status)),
					},
				],
				rows: asked(view),
				key: ({ approval }) => approval.id,
				words: ({ approval, batch }) => [approval.id, approval.requested_by, approval.object_id, batch?.name],
				none: 'Nobody has asked for an approval.',
				most: 7,
			})}`;
	},
};

const isOpen = ({ status }: Approval): boolean => status === 'pending';

/** A tenant that has done nothing else shows the latest request first. */
function asked({ world }: View): Asked[] {
	const all = world.finvis
		.all()
		.flatMap((tenant) => tenant.approvals.all().map((approval) => described(tenant, approval, groupOf(world, tenant.id))));
	const rank = ({ approval }: Asked): string => `${isOpen(approval) ? 1 : 0}${approval.decided_at ?? approval.requested_at}`;
	return all.sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

function described({ batches, payments }: TenantStore, approval: Approval, group: string): Asked {
	const id = approval.object_id;
	return { approval, batch: batches.get(id), payments: payments.all().filter(({ batchId }) => batchId === id), group };
}

function paymentsOf({ approval, payments }: Asked): Html {
	return html`<details id="payments-${approval.id}">
		<summary>${plural(payments.length, 'payment')}</summary>
		<ul class="payments">
			${payments.map(
				({ creditorName, creditorAccount, amount: wanted, endToEndId }) =>
					html`<li>
						<span>${pair(creditorName, `${endToEndId} · ${creditorAccount.value}`)}</span> <span class="number">${amount(wanted)}</span>
					</li>`,
			)}
		</ul>
	</details>`;
}

function approve({ id }: Approval, batch: PaymentBatch | undefined): Html {
	const name = batch?.name ?? id;
	return html`<button form="approve-as" name="approval" value="${id}" id="approve-${id}" class="main small" aria-label="Approve ${name}">
		Approve
	</button>`;
}

function personChoices({ world }: View): Array<[string, string]> {
	return FINVIS_IDENTITIES.map(({ clientId, person, tenants, scopes }) => {
		const reach = tenants.length > 1 ? 'both groups' : tenants.map((tenant) => groupOf(world, tenant)).join(', ');
		return [clientId, `${person}, ${scopes.includes('write:payments') ? reach : 'may only read'}`];
	});
}

function fourEyes({ world }: View): Html {
	const on = world.settings.finvis.fourEyes;
	return html`<div id="four-eyes" data-live>
		<form method="post" action="/ui/four-eyes">
			<span class="label">Four eyes ${on ? state('on', 'good') : state('off', 'idle')}</span>
			${button({ id: 'four-eyes-switch', label: on ? 'Switch off' : 'Switch on', about: 'four eyes', name: 'on', value: on ? 'no' : 'yes' })}
		</form>
	</div>`;
}
