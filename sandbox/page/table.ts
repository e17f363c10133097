import { html, type Html } from '../web/html';
import type { View } from './view';

interface Column<Row> {
	head: string;
	cell: (row: Row) => Html;
	/** Aligned as figures are. */
	number?: true;
	/** The cell that names its row. */
	names?: true;
	/** Kept on one line. */
	tight?: true;
}

interface Listing<Row> {
	id: string;
	caption: string;
	columns: Array<Column<Row>>;
	/** In the order in which they are shown. */
	rows: readonly Row[];
	key: (row: Row) => string;
	/** What can be found of a row. */
	words: (row: Row) => Array<string | undefined>;
	none: string;
	/** How many are shown unless the reader asks for more. */
	most?: number;
}

const AT_LENGTH = 200;

/** A table whose body follows the world. Its roles are spelt out, since narrow screens show rows as cards. */
export function table<Row>(view: View, { id, caption, columns, rows, key, words, none, most = 10 }: Listing<Row>): Html {
	const found = view.find === '' ? rows : rows.filter((row) => words(row).some((word) => word?.toLowerCase().includes(view.find)));
	const shown = found.slice(0, view.all === id ? AT_LENGTH : most);
	return html`<table role="table" id="${id}">
			<caption>
				${caption}
			</caption>
			<thead role="rowgroup">
				<tr role="row">
					${columns.map(({ head, number }) => html`<th scope="col" role="columnheader" class="${number ? 'number' : ''}">${head}</th>`)}
				</tr>
			</thead>
			<tbody role="rowgroup" id="${id}-rows" data-live>
				${shown.map((row) => line(columns, row, `${id}-${key(row)}`))} ${shown.length === 0 ? empty(view, columns.length, none) : html``}
			</tbody>
		</table>
		<p class="rest" id="${id}-rest" data-live>${rest(view, id, shown.length, found.length)}</p>`;
}

function line<Row>(columns: Array<Column<Row>>, row: Row, id: string): Html {
	const cells = columns.map(({ head, cell, number, names, tight }) => {
		const look = number ? 'number' : tight ? 'tight' : '';
		return names
			? html`<th scope="row" role="rowheader" class="${look}" data-head="${head}"><div>${cell(row)}</div></th>`
			: html`<td role="cell" class="${look}" data-head="${head}"><div>${cell(row)}</div></td>`;
	});
	return html`<tr role="row" id="${id}">
		${cells}
	</tr>`;
}

function empty({ find }: View, columns: number, none: string): Html {
	return html`<tr role="row" class="none">
		<td role="cell" colspan="${String(columns)}">${find === '' ? none : `Nothing here contains “${find}”.`}</td>
	</tr>`;
}

function rest({ find }: View, id: string, shown: number, found: number): Html {
	if (shown >= found) return html``;
	const address = `/?${new URLSearchParams({ ...(find === '' ? {} : { find }), all: id }).toString()}#${id}`;
	const more = shown >= AT_LENGTH ? html`Find narrows them down.` : html`<a href="${address}">Show more</a>`;
	return html`${String(shown)} of ${String(found)}. ${more}`;
}

/** What is kept in the order in which it came, turned for the reader. */
export function latestFirst<Row>(rows: readonly Row[]): Row[] {
	return [...rows].reverse();
}
