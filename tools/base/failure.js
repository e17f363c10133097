// @ts-check
/** What went wrong, and what the reader can do about it. */
class Failure extends Error {
	/**
	 * @param {string} message
	 * @param {string} [advice]
	 * @param {number} [exitCode]
	 */
	constructor(message, advice, exitCode = 1) {
		super(message);
		this.advice = advice;
		this.exitCode = exitCode;
	}
}

module.exports = { Failure };
