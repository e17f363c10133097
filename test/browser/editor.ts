// n8n's editor as a user sees it: what is on the screen, and what can be clicked and typed.
import { useStack } from '../../tools/harness/jest/useStack';
import type { SavedWorkflow } from '../../tools/harness/n8n/client';
import { OWNER } from '../../tools/harness/stack';
import { openPanel, type Panel } from './panel';
import type { Locator, Page, StorageState } from './playwright';
import { NAVIGATION_TIMEOUT_MS, openWindow, type Theme } from './window';

const STEADY_MS = 300;

const { editorUrl } = useStack();

let signedIn: StorageState;

async function signIn(page: Page): Promise<void> {
	await page.goto(`${editorUrl}/signin`);
	await page.locator('input[type="email"]').fill(OWNER.email);
	await page.locator('input[type="password"]').fill(OWNER.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
}

/** A window of the editor, signed in as the owner. */
export class Editor {
	private constructor(readonly page: Page) {}

	static async open(theme?: Theme): Promise<Editor> {
		const { page, context } = await openWindow({ theme, storageState: signedIn });
		if (signedIn === undefined) {
			await signIn(page);
			signedIn = await context.storageState();
		}
		return new Editor(page);
	}

	/** Opens the list of nodes to add, in a new workflow. */
	async openNodePanel(): Promise<void> {
		await this.page.goto(`${editorUrl}/workflow/new`);
		const add = this.page.getByTestId('canvas-plus-button').first();
		await add.waitFor({ timeout: NAVIGATION_TIMEOUT_MS });
		await add.click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** The names that the open list of nodes shows for a word, in their order. */
	async searchNodes(word: string): Promise<string[]> {
		await this.page.getByTestId('node-creator-search-bar').fill(word);
		let before: string[] | undefined;
		// The list follows the typing with a delay. It is complete when it stays the same.
		for (;;) {
			await this.page.waitForTimeout(STEADY_MS);
			const now = await this.entries().allInnerTexts();
			if (JSON.stringify(now) === JSON.stringify(before)) return now;
			before = now;
		}
	}

	/** The entries of the open list: nodes, actions or events. */
	entries = (): Locator => this.page.getByTestId('node-creator-item-name');

	entry = (name: string): Locator => this.entries().getByText(name, { exact: true });

	/** Opens the actions of a node in the list of nodes. */
	async openActions(node: string): Promise<void> {
		await this.searchNodes(node);
		await this.entry(node).click();
		const actions = this.page.getByText(/^Actions \(/);
		await actions.waitFor();
		// n8n folds the actions of a node that also has triggers.
		if ((await this.page.getByText(/^Triggers \(/).count()) > 0) await actions.click();
	}

	/** Opens the events of a trigger in the list of nodes. */
	async openEvents(node: string): Promise<void> {
		await this.searchNodes(node);
		await this.entry(node).click();
		await this.entries().getByText(/^On /).first().waitFor();
	}

	/** Adds a trigger by one of its events, which opens its panel. */
	async addTrigger(node: string, event: string): Promise<Panel> {
		await this.openNodePanel();
		await this.openEvents(node);
		await this.entry(event).click();
		return await openPanel(this.page);
	}

	/** Adds a node by one of its actions, which opens its panel. */
	async addAction(node: string, action: string): Promise<Panel> {
		await this.openNodePanel();
		await this.openActions(node);
		await this.entry(action).click();
		return await openPanel(this.page);
	}

	async openWorkflow({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.page.goto(`${editorUrl}/workflow/${id}`);
		await this.nodesOnCanvas().first().waitFor({ timeout: NAVIGATION_TIMEOUT_MS });
	}

	nodesOnCanvas = (): Locator => this.page.getByTestId('canvas-node');

	nodeOnCanvas = (name: string): Locator => this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);

	/** Opens the panel of a node of a saved workflow. */
	async openNode(workflow: Pick<SavedWorkflow, 'id'>, name: string): Promise<Panel> {
		await this.openWorkflow(workflow);
		await this.nodeOnCanvas(name).dblclick();
		return await openPanel(this.page);
	}
}
