/** The result of an action, which the page shows next. */
export interface Notice {
	good: boolean;
	text: string;
}

const MAX_NOTICES = 100;

/** The latest notices by number. The address of a page contains the number, not the text, so that a link cannot show a text of its own. */
export class Notices {
	private readonly notices = new Map<string, Notice>();
	private last = 0;

	add(notice: Notice): string {
		const id = String(++this.last);
		this.notices.set(id, notice);
		this.notices.delete(String(this.last - MAX_NOTICES));
		return id;
	}

	get(id: unknown): Notice | undefined {
		return typeof id === 'string' ? this.notices.get(id) : undefined;
	}
}
