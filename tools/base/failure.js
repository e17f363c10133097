// @ts-check
/** What went wrong, and what the reader can do about it. */
class Failure extends Error {
	/**
	 * @param {string} message
	 * @param {string} [advice]
	 */
	constructor(message, advice) {
		super(message);
		this.advice = advice;
	}
}

module.exports = { Failure };
