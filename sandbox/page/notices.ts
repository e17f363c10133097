/** What came of an action, told once the page is shown again. */
export interface Notice {
	good: boolean;
	text: string;
}

const KEPT = 100;

/** The latest notices by their number, so that the address of a page names one without containing it. */
export class Notices {
	private readonly notices = new Map<string, Notice>();
	private last = 0;

	add(notice: Notice): string {
		const id = String(++this.last);
		this.notices.set(id, notice);
		this.notices.delete(String(this.last - KEPT));
		return id;
	}

	get(id: unknown): Notice | undefined {
		return typeof id === 'string' ? this.notices.get(id) : undefined;
	}
}
