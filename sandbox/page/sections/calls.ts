import type { LoggedRequest } from '../../requestLog';
import { html, type Html } from '../../web/html';
import { latestFirst, table } from '../table';
import { pair, stamp, state } from '../words';
import { apiNamed } from './ledger';
import type { Section } from './section';

/** What was asked of both APIs, what was answered, and which fault struck. */
export const calls: Section = {
	id: 'calls',
	title: 'Calls',
	count: ({ admin }) => admin.requests().length,
	content: (view) =>
		table(view, {
			id: 'calls-table',
			caption: 'Calls of both APIs, latest first, by the clock on the wall',
			columns: [
				{ head: 'Time', cell: ({ time }) => stamp(time, new Date().toISOString()) },
				{
					head: 'Call',
					names: true,
					cell: ({ method, path, query, operationId = 'unknown' }) => pair(operationId, `${method} ${path}${query}`),
				},
				{ head: 'By', tight: true, cell: ({ api, clientId = '' }) => pair(apiNamed(api), clientId) },
				{ head: 'Answer', cell: answer },
			],
			rows: latestFirst(view.admin.requests()),
			key: ({ seq }) => String(seq),
			words: ({ path, query, operationId, clientId, headers, fault }) => [
				path + query,
				operationId,
				clientId,
				fault,
				headers['idempotency-key'],
			],
			none: 'Nobody has called yet.',
		}),
};

function answer({ status, fault, replayed, durationMs }: LoggedRequest): Html {
	const told = status === 0 ? state('no answer', 'bad') : state(String(status), status < 400 ? 'good' : 'bad');
	const why = fault === undefined ? html`` : html`<span class="sub">fault: ${fault.replaceAll('_', ' ')}</span>`;
	return html`${told}
		<span class="unit">${String(durationMs)} ms</span> ${replayed ? html`<span class="sub">first answer repeated</span>` : html``} ${why}`;
}
