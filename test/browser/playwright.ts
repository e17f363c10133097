// The part of Playwright's types that these tests use. Playwright is installed into the cache and not into node_modules (see tools/browser).

interface Queries {
	locator(selector: string, options?: { hasText?: string }): Locator;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	getByRole(role: string, options?: { name?: string }): Locator;
}

export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Screenshot {
	screenshot(options: { path: string; style?: string; animations?: 'disabled'; caret?: 'hide'; clip?: Rectangle }): Promise<unknown>;
}

/** Elements on a page, found again for each action. An action waits until there is exactly one, and it is ready. */
export interface Locator extends Queries, Screenshot {
	first(): Locator;
	last(): Locator;
	nth(index: number): Locator;
	or(other: Locator): Locator;
	filter(options: { visible?: boolean; hasText?: string }): Locator;
	click(): Promise<void>;
	dblclick(): Promise<void>;
	dragTo(target: Locator): Promise<void>;
	fill(text: string): Promise<void>;
	press(key: string): Promise<void>;
	focus(): Promise<void>;
	selectOption(option: string | { label: string }): Promise<unknown>;
	waitFor(options?: { state?: 'hidden' | 'detached'; timeout?: number }): Promise<void>;
	count(): Promise<number>;
	isVisible(): Promise<boolean>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	inputValue(): Promise<string>;
	getAttribute(name: string): Promise<string | null>;
	/** Runs a function in the browser. It sees only its argument and the page. */
	evaluate<Element, Result>(run: (element: Element) => Result): Promise<Result>;
	evaluateAll<Element, Result>(run: (elements: Element[]) => Result): Promise<Result>;
}

export interface Viewport {
	readonly width: number;
	readonly height: number;
}

export interface Page extends Queries, Screenshot {
	readonly keyboard: { press(key: string): Promise<void> };
	readonly mouse: { move(x: number, y: number): Promise<void> };
	goto(url: string): Promise<unknown>;
	close(): Promise<void>;
	/** Runs a function, or source text, in the browser. */
	evaluate<Result>(run: string | (() => Result | Promise<Result>)): Promise<Result>;
	on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
	on(event: 'pageerror', listener: (error: Error) => void): void;
	setDefaultTimeout(timeoutMs: number): void;
	setDefaultNavigationTimeout(timeoutMs: number): void;
	setViewportSize(viewport: Viewport): Promise<void>;
	waitForTimeout(timeoutMs: number): Promise<void>;
	waitForURL(matches: (url: URL) => boolean): Promise<void>;
}

/** The cookies and the storage of a window. */
export type StorageState = unknown;

export interface BrowserContext {
	newPage(): Promise<Page>;
	storageState(): Promise<StorageState>;
	close(): Promise<void>;
}

export interface ContextOptions {
	viewport: Viewport;
	colorScheme: 'light' | 'dark';
	reducedMotion: 'reduce';
	storageState?: StorageState;
}

export interface Browser {
	newContext(options: ContextOptions): Promise<BrowserContext>;
	close(): Promise<void>;
}

/** The module `playwright-core`. */
export interface Playwright {
	readonly chromium: { connectOverCDP(url: string): Promise<Browser> };
	readonly selectors: { setTestIdAttribute(name: string): void };
}
