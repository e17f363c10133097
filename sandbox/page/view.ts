import type { SandboxAdmin } from '../admin/admin';
import type { SandboxState } from '../admin/sandboxState';
import type { Html } from '../http/html';

/** What a section shows: the current state, filtered as the reader asks. */
export interface View {
	state: SandboxState;
	admin: SandboxAdmin;
	/** Only rows with this text, in lower case; empty shows all. */
	find: string;
	/** Id of the table that shows more rows. */
	all: string;
}

/** A part of the page with its own heading and address. */
export interface Section {
	id: string;
	title: string;
	/** The number that the menu shows next to the title. */
	count: (view: View) => number;
	content: (view: View) => Html;
}
