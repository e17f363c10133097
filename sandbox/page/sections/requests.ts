import { html, type Html } from '../../http/html';
import type { LoggedRequest } from '../../state/requestLog';
import { statusBadge, timestamp, withDetail } from '../format';
import { latestFirst, table } from '../table';
import type { Section } from '../view';
import { apiName } from './ledger';

/** Requests to both APIs, their responses, and the faults that applied. */
export const requests: Section = {
	id: 'requests',
	title: 'Requests',
	count: ({ admin }) => admin.requests().length,
	content: (view) =>
		table(view, {
			id: 'requests-table',
			caption: 'Requests to both APIs, latest first, in real time',
			columns: [
				{ header: 'Time', cell: ({ time }) => timestamp(time, new Date().toISOString()) },
				{
					header: 'Request',
					rowHeader: true,
					cell: ({ method, path, query, operationId = 'unknown' }) => withDetail(operationId, `${method} ${path}${query}`),
				},
				{ header: 'From', cell: ({ api, clientId = '' }) => withDetail(apiName(api), clientId) },
				{ header: 'Response', cell: responseCell },
			],
			rows: latestFirst(view.admin.requests()),
			key: ({ seq }) => String(seq),
			searchTexts: ({ path, query, operationId, clientId, headers, fault }) => [
				path + query,
				operationId,
				clientId,
				fault,
				headers['idempotency-key'],
			],
			emptyText: 'There is no request yet.',
		}),
};

function responseCell({ status, fault, replayed, durationMs }: LoggedRequest): Html {
	const badge = status === 0 ? statusBadge('no response', 'bad') : statusBadge(String(status), status < 400 ? 'good' : 'bad');
	const faultLine = fault === undefined ? html`` : html`<br /><small>fault: ${fault.replaceAll('_', ' ')}</small>`;
	return html`${badge} <small>${String(durationMs)} ms</small> ${replayed ? html`<br /><small>first response repeated</small>` : html``}
		${faultLine}`;
}
