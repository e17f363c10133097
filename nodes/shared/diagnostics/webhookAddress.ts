import type { IExecuteFunctions } from 'n8n-workflow';
import type { Finding, DiagnosticsContext } from './finding';
import { notOk, ok } from './finding';
import { probe } from './probe';

const CHECK = 'Webhook address';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/;
const PRIVATE =
	/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])|\.(local|internal|lan|home|intranet)$|^[^.:]+$/;

const SET = 'Set WEBHOOK_URL of n8n to the public https address at which it is reached';

/** Where n8n tells others to call it, without a slash at its end. Only the address of an execution shows what WEBHOOK_URL says. */
function addressOf(context: IExecuteFunctions): URL | undefined {
	// n8n (1.x, 2.41) wants the braces here.
	const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!URL.canParse(resumeUrl)) return undefined;
	const { origin, pathname } = new URL(resumeUrl);
	// What comes before `/webhook-waiting/<execution>`; the signature behind it is nobody's business.
	return new URL(origin + pathname.split('/').slice(0, -2).join('/'));
}

/** Whether callbacks and webhooks find their way: what n8n gives out as its address, and whether n8n answers there. */
export async function webhookFinding({ context, connection }: DiagnosticsContext): Promise<Finding> {
	const address = addressOf(context);
	if (address === undefined) return notOk(CHECK, 'skipped', 'This n8n does not tell its address', `${SET}.`);
	const { hostname, protocol } = address;
	const shown = address.href.replace(/\/$/, '');
	const warning = (finding: string, instruction: string) => notOk(CHECK, 'warning', finding, instruction);
	// An API on this machine, as the local sandbox, comes by any road.
	if (!LOOPBACK.test(new URL(connection.baseUrl).hostname)) {
		if (LOOPBACK.test(hostname))
			return warning(
				`n8n gives out ${shown}, where only this machine can reach it`,
				`${SET}; until then ${connection.name} cannot call it.`,
			);
		if (PRIVATE.test(hostname))
			return warning(
				`n8n gives out ${shown}, which is an address of your own network`,
				`${SET}; until then ${connection.name} cannot call it.`,
			);
		if (protocol !== 'https:') return warning(`n8n gives out ${shown}, which is not encrypted`, `${SET}.`);
	}
	const { status, networkError } = await probe(context, `${shown}/healthz`);
	if (networkError !== undefined)
		return warning(
			`n8n gives out ${shown}, but could not reach itself there (${networkError})`,
			'Open the address from outside your network. If it answers there all is well; if not, correct WEBHOOK_URL, name service or proxy.',
		);
	if (status !== 200)
		return warning(
			`n8n gives out ${shown}, but what answers there is not n8n, or only a part of it (${status} for /healthz)`,
			'Check that your proxy passes /webhook, /webhook-test and /webhook-waiting on to n8n, and that WEBHOOK_URL is right.',
		);
	return ok(CHECK, `n8n gives out ${shown} and is reached there from this machine`);
}
