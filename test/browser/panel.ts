import type { Locator, Page } from './playwright';
import { TIMEOUT_MS } from './window';

declare const document: { readonly activeElement: { blur(): void } | null };

interface TableRow {
	querySelectorAll(selector: string): Iterable<{ readonly innerText: string }>;
}

/** Resolves when the panel of a node is open. */
export async function openPanel(page: Page): Promise<Panel> {
	const panel = new Panel(page, page.getByTestId('ndv'));
	await panel.executeButton.waitFor();
	return panel;
}

/** The panel of one node: its fields on the left, its output on the right. */
export class Panel {
	readonly executeButton: Locator;

	readonly output: Locator;

	constructor(
		private readonly page: Page,
		/** The whole panel. */
		readonly root: Locator,
	) {
		this.executeButton = root.getByTestId('node-execute-button');
		this.output = root.getByTestId('output-panel');
	}

	field = (name: string): Locator => this.root.getByTestId(`parameter-input-${name}`);

	/** What a menu such as Operation shows as chosen. */
	chosen = async (name: string): Promise<string> => await this.field(name).locator('input').last().inputValue();

	/** What a locator shows as chosen. */
	chosenInList = async (name: string): Promise<string> => await this.#locator(name).getByTestId('rlc-input').inputValue();

	/** Chooses from a menu such as Operation. */
	async choose(name: string, label: string): Promise<void> {
		await this.field(name).click();
		await this.page.getByTestId('parameter-input-item').filter({ visible: true }).getByText(label, { exact: true }).click();
	}

	/** Chooses one entry of a menu that takes several, and returns all entries. */
	async chooseOneOf(name: string, label: string): Promise<string[]> {
		const entries = this.page.locator('.el-select-dropdown__item').filter({ visible: true });
		// While n8n loads the list, a click opens nothing.
		for (const deadline = Date.now() + TIMEOUT_MS; !(await entries.first().isVisible()) && Date.now() < deadline;) {
			await this.field(name).locator('.el-select').first().click();
			await this.page.waitForTimeout(1_500);
		}
		const texts = await entries.allInnerTexts();
		await entries.getByText(label, { exact: true }).click();
		return texts;
	}

	/** Opens the list of a locator. */
	async openList(name: string): Promise<void> {
		await this.#locator(name).getByTestId('rlc-input').click();
		await this.#entries()
			.first()
			.or(this.page.getByText('Could not load list').filter({ visible: true }))
			.first()
			.waitFor();
	}

	#locator = (name: string) => this.root.getByTestId(`resource-locator-${name}`);

	#entries = () => this.page.getByTestId('rlc-item').filter({ visible: true });

	/** The entries of the open list. */
	entries = async (): Promise<string[]> => await this.#entries().allInnerTexts();

	/** Chooses how the user gives the value of a locator. */
	async chooseMode(name: string, mode: 'list' | 'id'): Promise<void> {
		await this.#locator(name).getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId(`mode-${mode}`).filter({ visible: true }).click();
	}

	/** What the open list says instead of its entries. */
	async listRefusal(): Promise<string> {
		const title = this.page.getByText('Could not load list', { exact: true }).filter({ visible: true });
		return await title.locator('xpath=..').innerText();
	}

	/** Closes a list without entries. Unlike other lists, it does not close on Escape. */
	async closeList(): Promise<void> {
		await this.root.getByTestId('tab-params').click();
		await this.page.getByText('Could not load list').filter({ visible: true }).waitFor({ state: 'hidden' });
	}

	/** Types into the search of the open list, and returns the matching entries. The chosen entry stays in the list, even if it does not match. */
	async typeInList(words: string): Promise<string[]> {
		const wanted = words.toLowerCase();
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(words);
		for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await this.page.waitForTimeout(100)) {
			const shown = await this.entries();
			const found = shown.filter((text) => text.toLowerCase().includes(wanted));
			if (found.length > 0 && shown.length - found.length <= 1) return found;
		}
		throw new Error(`The list shows ${JSON.stringify(await this.entries())} for '${words}'`);
	}

	/** Chooses from the open list. */
	async pick(text: string): Promise<void> {
		await this.#entries().getByText(text).first().click();
	}

	/** Chooses from a locator by typing a part of the name, and returns the chosen entry. */
	async pickByTyping(name: string, part: string): Promise<string> {
		await this.openList(name);
		const [first] = await this.typeInList(part);
		await this.pick(first);
		return first;
	}

	async fill(name: string, value: string): Promise<void> {
		await this.field(name).locator('input').first().fill(value);
	}

	/** Moves the cursor and the pointer away from the fields. */
	async leaveFields(): Promise<void> {
		await this.page.evaluate(() => document.activeElement?.blur());
		await this.root.getByTestId('tab-params').click();
		await this.page.mouse.move(0, 0);
	}

	/** Types a day (YYYY-MM-DD) into a date field. A field for date and time takes it only with a time. */
	async fillDay(name: string, day: string): Promise<void> {
		const input = this.field(name).locator('input').first();
		for (const text of [day, `${day} 00:00:00`]) {
			await input.fill(text);
			await input.press('Enter');
			await input.press('Tab');
			// The field drops a text that it does not understand after a moment.
			await this.page.waitForTimeout(700);
			if ((await input.inputValue()).startsWith(day)) return;
		}
		throw new Error(`The field ${name} does not take ${day}`);
	}

	/** Executes the step, and resolves when it succeeded or failed. */
	async execute(): Promise<void> {
		const refused = this.page.locator('.el-notification').filter({ hasText: 'Workflow execution cannot start' }).first();
		await this.executeButton.click();
		const ended = this.output.getByTestId('node-run-status-success').or(this.output.getByTestId('node-error-message'));
		await ended.or(refused).first().waitFor();
		if (await refused.isVisible()) throw new Error(await refused.innerText());
	}

	/** Executes the nodes before this node, and resolves when their item is there. */
	async executePrevious(): Promise<void> {
		await this.root.getByTestId('execute-previous-node').click();
		await this.root.getByTestId('ndv-input-panel').getByText('1 item').first().waitFor();
	}

	#input = () => this.root.getByTestId('ndv-input-panel');

	#inputField = (path: string) => this.#input().locator(`[data-test-id="run-data-schema-node-name"][data-path=".${path}"]`);

	/** The names of the fields that the input shows before the node before has run, by the alphabet: n8n has them in no order. */
	async previewedFields(): Promise<string[]> {
		await this.#input().getByTestId('schema-preview-warning').waitFor();
		return (await this.#input().getByTestId('run-data-schema-node-name').allInnerTexts()).sort();
	}

	/** Executes the node whose fields the input shows before it has run, and resolves when its item is there. */
	async executePreviewed(): Promise<void> {
		await this.#input().getByText('Execute the node', { exact: true }).click();
		await this.#input().getByText('1 item').first().waitFor();
	}

	/** Drags a field of the input, e.g. `owner.fullName`, into a field of this node, and returns the expression that the field then has. */
	async drag(path: string, name: string): Promise<string> {
		await this.#inputField(path).dragTo(this.field(name));
		const expression = this.field(name).getByTestId('inline-expression-editor-input').filter({ hasText: '{{' });
		return (await expression.innerText()).trim();
	}

	/** The rows of the output as its table shows them, by column. */
	async rows(): Promise<Array<Record<string, string>>> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table').first();
		const columns = (await table.locator('thead th').allInnerTexts()).map((text) => text.trim());
		const cells = await table
			.locator('tbody tr')
			.evaluateAll((rows: TableRow[]) => rows.map((row) => [...row.querySelectorAll('td')].map(({ innerText }) => innerText.trim())));
		return cells.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
	}

	/** The error that the output shows. */
	error = async (): Promise<{ title: string; description: string }> => ({
		title: await this.output.getByTestId('node-error-message').innerText(),
		description: await this.output.getByTestId('node-error-description').innerText(),
	});
}
