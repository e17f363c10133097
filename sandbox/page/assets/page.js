// Updates the page every second. Without JavaScript, every form and link works too, and the reader reloads the page.
import { Idiomorph } from '/ui/assets/idiomorph.esm.js';

const INTERVAL_MS = 1000;
const NOT_RUNNING = 'The sandbox does not answer. Is it still running?';
const notice = document.getElementById('notice');
const pause = document.getElementById('pause');
let paused = false;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const HIGHLIGHT = { background: ['color-mix(in srgb, var(--pico-primary) 10%, transparent)', 'transparent'] };

function highlight(node) {
	if (node.tagName === 'TR' && !reducedMotion.matches) node.animate(HIGHLIGHT, { duration: 2500, easing: 'ease-out' });
}

const callbacks = {
	// The new page has closed details: keep those open that the reader opened.
	beforeAttributeUpdated: (name) => name !== 'open',
	beforeNodeMorphed: (node, newNode) => {
		if (node.textContent !== newNode.textContent) highlight(node);
	},
	afterNodeAdded: highlight,
};

/** Updates the live parts of the page. When the focused element disappears, its section receives the focus. */
function update(newPage) {
	const focused = document.activeElement;
	const section = focused.closest('section');
	for (const part of document.querySelectorAll('[data-live]')) {
		const newPart = newPage.getElementById(part.id);
		if (newPart !== null) Idiomorph.morph(part, newPart, { callbacks });
	}
	if (document.activeElement === focused) return;
	const successor = document.getElementById(focused.id) ?? section?.querySelector('h2');
	successor?.focus({ preventScroll: true });
}

async function show(response) {
	const newPage = new DOMParser().parseFromString(await response.text(), 'text/html');
	update(newPage);
	return newPage;
}

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
	if (form.method !== 'post') return;
	event.preventDefault();
	const { submitter } = event;
	submitter?.setAttribute('aria-busy', 'true');
	try {
		const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, submitter)) });
		if (response.ok) notice.replaceChildren(...(await show(response)).getElementById('notice').childNodes);
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
