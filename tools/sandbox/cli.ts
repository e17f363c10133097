/** `npm run sandbox`: the sandbox in this very process. The page and the admin API are at its third port. */
export async function main(): Promise<void> {
	require('../../sandbox/cli');
	await new Promise(() => undefined);
}

export const interruptedCode = 0;
