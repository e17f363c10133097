/**
 * Tries of a property that begin after the time is up are left out: a busy machine tries less, instead of running into the limit of
 * a test. Nothing is cut off in the middle.
 */
export function withinMs<Given extends unknown[]>(limit: number, attempt: (...given: Given) => Promise<void>) {
	let began: number | undefined;
	return async (...given: Given): Promise<void> => {
		began ??= Date.now();
		if (Date.now() - began < limit) await attempt(...given);
	};
}
