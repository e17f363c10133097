// Updates the page every second. Without JavaScript, every form and link works too, and the reader reloads the page.
const EVERY_MS = 1000;
const pause = document.getElementById('pause');
let paused = false;

/** The HTML that the sandbox gave a part or a row last; the part itself may differ from it, e.g. by details that are open. */
const given = new WeakMap();

/** Takes over what is new, touching nothing that stayed the same: focus, opened details and selections survive. */
function renew(fresh) {
	const focused = document.activeElement;
	const section = focused.closest('section');
	for (const part of document.querySelectorAll('[data-live]')) {
		const now = fresh.getElementById(part.id);
		if (now === null || now.innerHTML === given.get(part)) continue;
		given.set(part, now.innerHTML);
		if (part.tagName === 'TBODY') renewRows(part, [...now.rows]);
		else part.replaceChildren(...now.childNodes);
	}
	if (focused.isConnected) return;
	const successor = document.getElementById(focused.id) ?? section?.querySelector('h2');
	successor?.focus({ preventScroll: true });
}

function renewRows(body, fresh) {
	const known = new Map([...body.rows].map((row) => [row.id, row]));
	const rows = fresh.map((row) => {
		const before = known.get(row.id);
		if (before !== undefined && given.get(before) === row.innerHTML) return before;
		given.set(row, row.innerHTML);
		row.classList.add('new');
		for (const { id } of before?.querySelectorAll('details[open]') ?? []) row.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
		return row;
	});
	for (const row of [...body.rows]) if (!rows.includes(row)) row.remove();
	rows.forEach((row, index) => {
		if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
	});
}

async function show(response) {
	const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
	renew(fresh);
	return fresh;
}

function tell(text, look) {
	const line = document.createElement('p');
	line.className = look;
	line.textContent = text;
	document.getElementById('notice').replaceChildren(line);
}

let silent = false;
async function follow() {
	try {
		if (!paused && !document.hidden) await show(await fetch(location.pathname + location.search));
		if (silent) document.getElementById('notice').replaceChildren();
		silent = false;
	} catch {
		if (!silent) tell('The sandbox does not answer. Is it still running?', 'bad');
		silent = true;
	}
	setTimeout(follow, EVERY_MS);
}

document.addEventListener('submit', async (event) => {
	const form = event.target;
	if (form.method !== 'post') return;
	event.preventDefault();
	const { submitter } = event;
	submitter?.setAttribute('aria-busy', 'true');
	try {
		const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, submitter)) });
		const fresh = answer.ok ? await show(answer) : undefined;
		if (fresh === undefined) tell(await answer.text(), 'bad');
		else document.getElementById('notice').replaceChildren(...fresh.getElementById('notice').childNodes);
	} catch {
		tell('The sandbox does not answer. Is it still running?', 'bad');
	}
	submitter?.removeAttribute('aria-busy');
});

pause.hidden = false;
pause.addEventListener('click', () => {
	paused = !paused;
	pause.setAttribute('aria-pressed', String(paused));
});
pause.setAttribute('aria-pressed', 'false');

for (const part of document.querySelectorAll('[data-live], [data-live] > tr')) given.set(part, part.innerHTML);
setTimeout(follow, EVERY_MS);
