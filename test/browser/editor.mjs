// The editor of the n8n under test as a user sees it: what is on the screen, and what can be clicked and typed.
import { mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { OWNER } from '../../tools/stack.mjs';
import { editorUrl } from '../e2e/stack.mjs';

const started = process.env.FONDO_FINVIS_BROWSER;
if (!started) throw new Error('The browser tests run with `npm run test:browser`, which starts what they need');
const { playwright, browserUrl, pictures } = JSON.parse(started);
const { chromium, selectors } = createRequire(join(playwright, 'package.json'))('playwright-core');

selectors.setTestIdAttribute('data-test-id');

const PATIENCE_MS = 25_000;
const MOST_BYTES = 200_000;
const VIEWPORT = { width: 1440, height: 900 };

const opened = [];
let browser;
let state;

/** A window of its own: the page. `theme` is light or dark. */
export async function openWindow(theme = 'light', viewport = VIEWPORT) {
	browser ??= await chromium.connectOverCDP(browserUrl);
	const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce', storageState: state });
	opened.push(context);
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

/** A signed-in window of its own: the page. `theme` is light or dark. */
export async function openEditor(theme = 'light') {
	const page = await openWindow(theme);
	if (!state) await signIn(page, page.context());
	return page;
}

async function signIn(page, context) {
	await page.goto(`${editorUrl}/signin`);
	await page.locator('input[type="email"]').fill(OWNER.email);
	await page.locator('input[type="password"]').fill(OWNER.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	state = await context.storageState();
}

/** Closes all windows of this test file, and nothing else. */
export async function closeEditor() {
	for (const context of opened.splice(0)) await context.close();
	await browser?.close(); // ends the connection; the browser itself stays up
}

const testId = (id) => `[data-test-id="${id}"]`;

/** Keeps what is on the screen, or the part that `part` shows or `clip` cuts out, as a picture of the documentation. */
export async function picture(page, name, part = page, clip = undefined) {
	const path = join(pictures, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	// A part that is cut out shows the workflow, not the buttons above it.
	const hidden = [
		'.el-notification',
		testId('ask-assistant-floating-button'),
		...(clip ? ['[class*="executionButtons"]', testId('canvas-controls')] : []),
	];
	await part.screenshot({
		path,
		style: `${hidden} { display: none !important }`,
		animations: 'disabled',
		caret: 'hide',
		...(clip && { clip }),
	});
	const { size } = statSync(path);
	expect(size).toBeGreaterThan(2_000);
	expect(size).toBeLessThan(MOST_BYTES);
}

/** The list of nodes to add, in a new workflow. */
export async function openNodePanel(page) {
	await page.goto(`${editorUrl}/workflow/new`);
	await page.getByTestId('canvas-plus-button').first().click();
	await page.getByTestId('node-creator-search-bar').waitFor();
}

/** The names it shows for a word, in their order. */
export async function searchNodes(page, word) {
	await page.getByTestId('node-creator-search-bar').fill(word);
	const names = page.getByTestId('node-creator-item-name');
	let before;
	// The list follows the typing a moment later and then stands still.
	for (;;) {
		await page.waitForTimeout(300);
		const now = await names.allInnerTexts();
		if (JSON.stringify(now) === JSON.stringify(before)) return now;
		before = now;
	}
}

/** The actions that it offers for a node. */
export async function openActions(page, node) {
	await searchNodes(page, node);
	await page.getByTestId('node-creator-item-name').getByText(node, { exact: true }).click();
	const actions = page.getByText(/^Actions \(/);
	await actions.waitFor();
	// Where there are triggers, too, they are unfolded and the actions are not.
	if ((await page.getByText(/^Triggers \(/).count()) > 0) await actions.click();
}

/** The events that a trigger offers to start a workflow. */
export async function openEvents(page, node) {
	await searchNodes(page, node);
	const name = page.getByTestId('node-creator-item-name');
	await name.getByText(node, { exact: true }).click();
	await name.getByText(/^On /).first().waitFor();
}

/** Adds a trigger by one of its events; its panel opens by itself. */
export async function addTrigger(page, node, event) {
	await openNodePanel(page);
	await openEvents(page, node);
	await page.getByTestId('node-creator-item-name').getByText(event, { exact: true }).click();
	return await openPanel(page);
}

/** Adds a node by one of its actions; its panel opens by itself. */
export async function addAction(page, node, action) {
	await openNodePanel(page);
	await openActions(page, node);
	await page.getByTestId('node-creator-item-name').getByText(action, { exact: true }).click();
	return await openPanel(page);
}

export async function openWorkflow(page, { id }) {
	await page.goto(`${editorUrl}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/** Opens the panel of a node of a saved workflow. */
export async function openNode(page, workflow, name) {
	await openWorkflow(page, workflow);
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
	return await openPanel(page);
}

async function openPanel(page) {
	const ndv = page.getByTestId('ndv');
	await ndv.getByTestId('node-execute-button').waitFor();
	return new Panel(page, ndv);
}

/** The panel of one node: its fields on the left, what it gave on the right. */
class Panel {
	constructor(page, ndv) {
		this.page = page;
		this.ndv = ndv;
		this.output = ndv.getByTestId('output-panel');
	}

	field = (name) => this.ndv.getByTestId(`parameter-input-${name}`);

	/** What a field of the kind "choose one" shows as chosen. */
	chosen = async (name) => await this.field(name).locator('input').last().inputValue();

	/** Chooses from a menu such as Operation. */
	async choose(name, label) {
		await this.field(name).click();
		await this.page.getByTestId('parameter-input-item').filter({ visible: true }).getByText(label, { exact: true }).click();
	}

	/** Chooses from a menu of which several can be chosen, and resolves with all that it offers. */
	async chooseOneOf(name, label) {
		const offered = this.page.locator('.el-select-dropdown__item').filter({ visible: true });
		// While the list is being loaded a click opens nothing.
		for (const deadline = Date.now() + PATIENCE_MS; !(await offered.first().isVisible()) && Date.now() < deadline;) {
			await this.field(name).locator('.el-select').first().click();
			await this.page.waitForTimeout(1_500);
		}
		const texts = await offered.allInnerTexts();
		await offered.getByText(label, { exact: true }).click();
		return texts;
	}

	/** Opens the list of a locator. */
	async openList(name) {
		const locator = this.ndv.getByTestId(`resource-locator-${name}`);
		await locator.getByTestId('rlc-input').click();
		await this.#entries()
			.first()
			.or(this.page.getByText('Could not load list').filter({ visible: true }))
			.first()
			.waitFor();
	}

	#entries = () => this.page.getByTestId('rlc-item').filter({ visible: true });

	entries = async () => await this.#entries().allInnerTexts();

	/** Chooses how a locator is given: list or id. */
	async chooseMode(name, mode) {
		await this.ndv.getByTestId(`resource-locator-${name}`).getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId(`mode-${mode}`).filter({ visible: true }).click();
	}

	/** What the open list says when it has nothing to show. */
	async listRefusal() {
		const title = this.page.getByText('Could not load list', { exact: true }).filter({ visible: true });
		return await title.locator('xpath=..').innerText();
	}

	/** Closes a list that refused; unlike one with entries it does not go by Escape. */
	async closeList() {
		await this.ndv.getByTestId('tab-params').click();
		await this.page.getByText('Could not load list').filter({ visible: true }).waitFor({ state: 'hidden' });
	}

	/** Types into the search of the open list and resolves with what matches; what is chosen already stays in the list. */
	async typeInList(words) {
		const wanted = words.toLowerCase();
		const matches = (text) => text.toLowerCase().includes(wanted);
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(words);
		for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await this.page.waitForTimeout(100)) {
			const shown = await this.entries();
			const found = shown.filter(matches);
			if (found.length > 0 && shown.length - found.length <= 1) return found;
		}
		throw new Error(`The list shows ${JSON.stringify(await this.entries())} for '${words}'`);
	}

	/** Chooses from the open list. */
	async pick(text) {
		await this.#entries().getByText(text).first().click();
	}

	/** Chooses from a locator by typing a part of the name. */
	async pickByTyping(name, part) {
		await this.openList(name);
		const [first] = await this.typeInList(part);
		await this.pick(first);
		return first;
	}

	async fill(name, value) {
		await this.field(name).locator('input').first().fill(value);
	}

	/** Takes cursor and pointer away from the fields. */
	async rest() {
		await this.page.evaluate(() => document.activeElement?.blur());
		await this.ndv.getByTestId('tab-params').click();
		await this.page.mouse.move(0, 0);
	}

	/** Types a day into a date field, of which the picker wants the time, too, unless the field is for days only. */
	async fillDay(name, day) {
		const input = this.field(name).locator('input').first();
		for (const text of [day, `${day} 00:00:00`]) {
			await input.fill(text);
			await input.press('Enter');
			await input.press('Tab');
			// A text that the picker does not understand goes away a moment later.
			await this.page.waitForTimeout(700);
			if ((await input.inputValue()).startsWith(day)) return;
		}
		throw new Error(`The field ${name} does not take ${day}`);
	}

	/** Executes the step and resolves when it succeeded or failed. */
	async execute() {
		const refused = this.page.locator('.el-notification').filter({ hasText: 'Workflow execution cannot start' }).first();
		await this.ndv.getByTestId('node-execute-button').click();
		const ended = this.output.getByTestId('node-run-status-success').or(this.output.getByTestId('node-error-message'));
		await ended.or(refused).first().waitFor();
		if (await refused.isVisible()) throw new Error(await refused.innerText());
	}

	/** Executes the nodes before this one and resolves when their data is there. */
	async executePrevious() {
		await this.ndv.getByTestId('execute-previous-node').click();
		await this.ndv.getByTestId('ndv-input-panel').getByText('1 item').first().waitFor();
	}

	/** The rows of the output as its table shows them, by column. */
	async rows() {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table').first();
		const columns = (await table.locator('thead th').allInnerTexts()).map((text) => text.trim());
		const lines = table.locator('tbody tr');
		const cells = await lines.evaluateAll((rows) =>
			rows.map((row) => [...row.querySelectorAll('td')].map(({ innerText }) => innerText.trim())),
		);
		return cells.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
	}

	error = async () => ({
		title: await this.output.getByTestId('node-error-message').innerText(),
		description: await this.output.getByTestId('node-error-description').innerText(),
	});
}
