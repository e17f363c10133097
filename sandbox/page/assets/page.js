// Updates the page every second. Without JavaScript, every form and link works too, and the reader reloads the page.
import { Idiomorph } from '/ui/assets/idiomorph.esm.js';

const INTERVAL_MS = 1000;
const NOT_RUNNING = 'The sandbox does not answer. Is it still running?';
/** An element that every page has. @param {string} id */
const elementOf = (id, page = document) => {
	const element = page.getElementById(id);
	if (element === null) throw new Error(`The page has no '${id}'`);
	return element;
};
const notice = elementOf('notice');
const pause = elementOf('pause');
let paused = false;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const HIGHLIGHT = { background: ['color-mix(in srgb, var(--pico-primary) 10%, transparent)', 'transparent'] };

/** @param {Node} node */
function highlight(node) {
	if (node instanceof HTMLTableRowElement && !reducedMotion.matches) node.animate(HIGHLIGHT, { duration: 2500, easing: 'ease-out' });
}

const callbacks = {
	// The new page has closed details: keep those open that the reader opened.
	/** @param {string} name */
	beforeAttributeUpdated: (name) => name !== 'open',
	/** @type {(node: Node, newNode: Node) => boolean} */
	beforeNodeMorphed: (node, newNode) => {
		if (node.textContent !== newNode.textContent) highlight(node);
		return true;
	},
	afterNodeAdded: highlight,
};

/** Updates the live parts of the page. When the focused element disappears, its section receives the focus. @param {Document} newPage */
function update(newPage) {
	const focused = document.activeElement;
	const section = focused?.closest('section');
	for (const part of document.querySelectorAll('[data-live]')) {
		const newPart = newPage.getElementById(part.id);
		if (newPart !== null) Idiomorph.morph(part, newPart, { callbacks });
	}
	if (document.activeElement === focused) return;
	const successor = document.getElementById(focused?.id ?? '') ?? section?.querySelector('h2');
	successor?.focus({ preventScroll: true });
}

/** @param {Response} response */
async function show(response) {
	const newPage = new DOMParser().parseFromString(await response.text(), 'text/html');
	update(newPage);
	return newPage;
}

/** @type {(text: string, tone: string) => void} */
function showNotice(text, tone) {
	const line = document.createElement('p');
	line.dataset.tone = tone;
	line.textContent = text;
	notice.replaceChildren(line);
}

let offline = false;
async function refresh() {
	try {
		if (!paused && !document.hidden) await show(await fetch(location.pathname + location.search));
		if (offline) notice.replaceChildren();
		offline = false;
	} catch {
		if (!offline) showNotice(NOT_RUNNING, 'bad');
		offline = true;
	}
	setTimeout(refresh, INTERVAL_MS);
}

document.addEventListener('submit', async (event) => {
	const form = event.target;
	if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
	event.preventDefault();
	const { submitter } = event;
	submitter?.setAttribute('aria-busy', 'true');
	try {
		const fields = [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]);
		const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) });
		if (response.ok) notice.replaceChildren(...elementOf('notice', await show(response)).childNodes);
		else showNotice(await response.text(), 'bad');
	} catch {
		showNotice(NOT_RUNNING, 'bad');
	}
	submitter?.removeAttribute('aria-busy');
});

pause.hidden = false;
pause.addEventListener('click', () => {
	paused = !paused;
	pause.setAttribute('aria-pressed', String(paused));
});
pause.setAttribute('aria-pressed', 'false');

setTimeout(refresh, INTERVAL_MS);
