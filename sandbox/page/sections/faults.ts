import type { ActiveFault } from '../../faults';
import { html, type Html } from '../../web/html';
import { button, choice } from '../controls';
import { FAULT_CALLS, FAULT_KINDS, FAULT_TIMES, STREAM_FAULTS } from '../faultChoices';
import type { View } from '../view';
import { state } from '../words';
import { apiNamed } from './ledger';

/** What goes wrong with calls: chosen, switched on, and counted while it strikes. */
export function faults({ admin }: View): Html {
	return html`<form method="post" action="/ui/fault">
			${choice('kind', 'What goes wrong', entries(FAULT_KINDS))}
			${choice('api', 'With', [
				['both', 'both APIs'],
				['fondo', 'Fondo'],
				['finvis', 'Finvis'],
			])}
			${choice('calls', 'Which calls', entries(FAULT_CALLS))} ${choice('times', 'How often', entries(FAULT_TIMES))}
			<button class="main small" id="fault-on">Switch on</button>
		</form>
		<form method="post" action="/ui/fault-off">
			<ul class="active" id="faults-on" data-live>
				${admin.faults.list().map(active)}
			</ul>
		</form>`;
}

function active(fault: ActiveFault): Html {
	const { id, kind, match, times, struck } = fault;
	const name = kind === 'status' ? `answer ${fault.status ?? 500}` : kind.replaceAll('_', ' ');
	const where = [match.api === undefined ? 'both APIs' : apiNamed(match.api), match.method ?? ''].join(' ');
	const spent = times !== undefined && struck >= times;
	return html`<li>
		<span
			>${name}<span class="sub">${where}</span> ${
				spent ? state('spent', 'idle') : state(times === undefined ? `struck ${struck}×` : `struck ${struck}/${times}`, 'bad')
			}</span
		>
		${button({ id: `fault-off-${id}`, label: spent ? 'Remove' : 'Switch off', about: name, name: 'id', value: String(id) })}
	</li>`;
}

/** What goes wrong with the event stream. */
export function streamFaults({ admin }: View): Html {
	const active = admin.stream.faults.list();
	const connections = admin.stream.connections();
	return html`<p class="open" id="listeners" data-live>
			${connections === 0 ? state('nobody listens', 'idle') : state(`${connections} listening`, 'good')}
		</p>
		<form method="post" action="/ui/stream-fault">
			${choice('stream-kind', 'What happens to events', entries(STREAM_FAULTS))}
			<button class="main small" id="stream-fault-on">Switch on</button>
		</form>
		<form method="post" action="/ui/stream-cut">${button({ id: 'stream-cut', label: 'Cut connections now' })}</form>
		<form method="post" action="/ui/stream-faults-off" id="stream-faults-on" data-live>
			<ul class="active">
				${active.map(({ kind, struck }) => html`<li>${kind} ${state(`struck ${struck}×`, 'bad')}</li>`)}
			</ul>
			${active.length === 0 ? html`` : button({ id: 'stream-faults-off', label: 'Switch all off', about: 'faults of the stream' })}
		</form>`;
}

const entries = (choices: Record<string, { label: string }>): Array<[string, string]> =>
	Object.entries(choices).map(([value, { label }]) => [value, label]);
