import { html, type Html } from '../http/html';
import type { View } from './view';

interface Column<Row> {
	header: string;
	cell: (row: Row) => Html;
	/** Aligns the cells like numbers. */
	number?: true;
	/** Makes the cell the header of its row. */
	rowHeader?: true;
}

interface Table<Row> {
	id: string;
	caption: string;
	columns: Array<Column<Row>>;
	rows: readonly Row[];
	key: (row: Row) => string;
	/** Texts in which the reader can find a row. */
	searchTexts: (row: Row) => Array<string | undefined>;
	emptyText: string;
	/** Number of rows that the table shows until the reader asks for more. */
	maxRows?: number;
}

const MAX_ROWS = 200;

/** A table with live rows. It states its ARIA roles, because narrow screens show rows as cards. */
export function table<Row>(view: View, { id, caption, columns, rows, key, searchTexts, emptyText, maxRows = 10 }: Table<Row>): Html {
	const found = view.find === '' ? rows : rows.filter((row) => searchTexts(row).some((text) => text?.toLowerCase().includes(view.find)));
	const shown = found.slice(0, view.all === id ? MAX_ROWS : maxRows);
	return html`<table role="table" id="${id}">
			<caption>
				${caption}
			</caption>
			<thead role="rowgroup">
				<tr role="row">
					${columns.map(({ header, number }) => html`<th scope="col" role="columnheader" class="${number ? 'number' : ''}">${header}</th>`)}
				</tr>
			</thead>
			<tbody role="rowgroup" id="${id}-rows" data-live>
				${shown.map((row) => tableRow(columns, row, `${id}-${key(row)}`))}
				${shown.length === 0 ? emptyRow(view, id, columns.length, emptyText) : html``}
			</tbody>
		</table>
		<p id="${id}-more" data-live>${moreLink(view, id, shown.length, found.length)}</p>`;
}

function tableRow<Row>(columns: Array<Column<Row>>, row: Row, id: string): Html {
	const cells = columns.map(({ header, cell, number, rowHeader }) =>
		rowHeader
			? html`<th scope="row" role="rowheader">${cell(row)}</th>`
			: html`<td role="cell" class="${number ? 'number' : ''}" data-header="${header}"><div>${cell(row)}</div></td>`,
	);
	return html`<tr role="row" id="${id}">
		${cells}
	</tr>`;
}

function emptyRow({ find }: View, id: string, columns: number, emptyText: string): Html {
	return html`<tr role="row" id="${id}-none">
		<td role="cell" colspan="${String(columns)}">${find === '' ? emptyText : `Nothing here contains “${find}”.`}</td>
	</tr>`;
}

function moreLink({ find }: View, id: string, shown: number, found: number): Html {
	if (shown >= found) return html``;
	const address = `/?${new URLSearchParams({ ...(find === '' ? {} : { find }), all: id }).toString()}#${id}`;
	const link = shown >= MAX_ROWS ? html`Use Find to narrow them down.` : html`<a href="${address}">Show more</a>`;
	return html`${String(shown)} of ${String(found)}. ${link}`;
}

/** The rows in reverse order. */
export function latestFirst<Row>(rows: readonly Row[]): Row[] {
	return [...rows].reverse();
}
