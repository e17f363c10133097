import type { Html } from '../../web/html';
import type { View } from '../view';

/** A part of the page with its own heading and address. */
export interface Section {
	id: string;
	title: string;
	/** What the menu says beside its name. */
	count: (view: View) => number;
	content: (view: View) => Html;
}
