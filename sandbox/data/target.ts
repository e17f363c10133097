/** Why the sandbox will not send to an address, or undefined when it will: https anywhere, http only on this machine. */
export function targetProblem(address: string): string | undefined {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return `"${address}" is not a complete address`;
	}
	if (url.protocol === 'https:') return undefined;
	const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol === 'http:' && loopback) return undefined;
	return `"${address}" must start with https:// or be http:// on this machine (localhost, 127.0.0.1)`;
}
