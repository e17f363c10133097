import { html, type Html } from '../../http/html';
import type { ActiveFault } from '../../state/faults';
import { FAULT_KINDS, FAULT_REQUESTS, FAULT_TIMES, STREAM_FAULTS } from '../faultChoices';
import { plural, statusBadge } from '../format';
import { button, select } from '../formControls';
import type { View } from '../view';
import { apiName } from './ledger';

/** The form that switches on a fault of requests, and the faults that are on. */
export function faults({ admin }: View): Html {
	return html`<form method="post" action="/ui/fault">
			${select('kind', 'Fault', optionsOf(FAULT_KINDS))}
			${select('api', 'API', [
				['both', 'both APIs'],
				['fondo', 'Fondo'],
				['finvis', 'Finvis'],
			])}
			${select('requests', 'Requests', optionsOf(FAULT_REQUESTS))} ${select('times', 'How often', optionsOf(FAULT_TIMES))}
			<button type="submit" id="fault-on">Switch on</button>
		</form>
		<form method="post" action="/ui/fault-off">
			<ul id="faults-on" data-live>
				${admin.faults.list().map(activeFault)}
			</ul>
		</form>`;
}

function activeFault(fault: ActiveFault): Html {
	const { id, kind, match, times, applied } = fault;
	const name = kind === 'status' ? `status ${fault.status ?? 500}` : kind.replaceAll('_', ' ');
	const where = [match.api === undefined ? 'both APIs' : apiName(match.api), match.method ?? ''].join(' ');
	const spent = times !== undefined && applied >= times;
	return html`<li>
		<span
			>${name} <small>${where}</small><br />${
				spent
					? statusBadge('spent', 'idle')
					: statusBadge(times === undefined ? `applied ${applied}×` : `applied ${applied}/${times}`, 'bad')
			}</span
		>
		${button({ id: `fault-off-${id}`, label: spent ? 'Remove' : 'Switch off', about: name, name: 'id', value: String(id) })}
	</li>`;
}

/** The same for the event stream, and its connections. */
export function streamFaults({ admin }: View): Html {
	const active = admin.stream.faults.list();
	const connections = admin.stream.connections();
	return html`<p id="listeners" data-live>
			${connections === 0 ? statusBadge('no listener', 'idle') : statusBadge(plural(connections, 'listener'), 'good')}
		</p>
		<form method="post" action="/ui/stream-fault">
			${select('stream-kind', 'Fault of events', optionsOf(STREAM_FAULTS))}
			<button type="submit" id="stream-fault-on">Switch on</button>
		</form>
		<form method="post" action="/ui/stream-cut">${button({ id: 'stream-cut', label: 'Cut connections now' })}</form>
		<form method="post" action="/ui/stream-faults-off" id="stream-faults-on" data-live>
			<ul>
				${active.map(({ kind, applied }) => html`<li>${kind} ${statusBadge(`applied ${applied}×`, 'bad')}</li>`)}
			</ul>
			${active.length === 0 ? html`` : button({ id: 'stream-faults-off', label: 'Switch all off', about: 'faults of the event stream' })}
		</form>`;
}

const optionsOf = (choices: Record<string, { label: string }>): Array<[string, string]> =>
	Object.entries(choices).map(([value, { label }]) => [value, label]);
