/** What went wrong, and what the reader can do about it. */
export class Failure extends Error {
	constructor(message, advice) {
		super(message);
		this.advice = advice;
	}
}
