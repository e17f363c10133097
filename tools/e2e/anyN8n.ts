import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { manifest, packageRoots } from '../base/project';
import { PublicApi } from '../harness/n8n/publicApi';
import { SANDBOX_PORTS, SandboxClient, startSandbox } from '../harness/sandbox';
import { freePorts, temporaryFolder } from '../harness/stack';
import { CHECKS } from './checks';
import { saveResult, TITLES, type Result, type Title } from './record';
import { SERVICES, type Service } from './services';
import { Trial } from './trial';

export interface TrialOptions {
	readonly url: string;
	readonly apiKey: string;
	/** The admin address of a running sandbox; one is started when left out. */
	readonly sandbox?: string;
	readonly packageName: string;
	readonly record: boolean;
}

/** The ports of a sandbox are as far from each other as the default ones. */
async function sandboxAt(address: string): Promise<SandboxClient> {
	const admin = Number(new URL(address).port);
	const away = admin - SANDBOX_PORTS.admin;
	const client = new SandboxClient({ fondo: SANDBOX_PORTS.fondo + away, finvis: SANDBOX_PORTS.finvis + away, admin });
	await client.ledger().catch(() => {
		throw new Failure(`No sandbox answers at ${address}`, 'start one with npm run sandbox, and give the address of its page');
	});
	return client;
}

async function openSandbox(address: string | undefined): Promise<SandboxClient> {
	if (address) return await sandboxAt(address);
	const log = join(temporaryFolder('any-n8n'), 'sandbox.log');
	return await step('Starting the sandbox', async () => await startSandbox(await freePorts(), log));
}

function servicesOf(packageName: string): readonly Service[] {
	const root = packageRoots.find((one) => manifest(one).name === packageName);
	if (root === undefined)
		throw new Failure(`There is no package '${packageName}'`, `use one of ${packageRoots.map((one) => manifest(one).name)}`);
	const { credentials } = manifest(root).n8n;
	return SERVICES.filter(({ api }) => credentials.some((file) => file.toLowerCase().includes(`/${api}api.`)));
}

async function check(trial: Trial, title: Title, service: Service): Promise<boolean> {
	const began = Date.now();
	const say = (word: string, more = '') =>
		console.log(`${word}  ${service.api}: ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)${more}`);
	try {
		await CHECKS[title](trial, service);
		say('works');
		return true;
	} catch (error) {
		say('fails', `\n       ${error instanceof Error ? error.message : String(error)}`);
		return false;
	}
}

/** Tries the installed package on an n8n that somebody else started, and removes from it what the checks made. */
export async function tryN8n({ url, apiKey, sandbox: address, packageName, record }: TrialOptions): Promise<void> {
	const services = servicesOf(packageName);
	const n8n = new PublicApi(url, apiKey);
	await n8n.requirePackage(
		packageName,
		services.map(({ api }) => `${api}Api`),
	);
	const version = await n8n.version();
	if (record && !version) throw new Failure('The page of this n8n does not say its version', 'leave --record out');
	const prefix = `e2e ${randomUUID().slice(0, 8)}`;
	console.log(`n8n ${version ?? 'of an unknown version'} at ${url}. What the checks make there begins with '${prefix}'.`);
	const trial = new Trial(n8n, await openSandbox(address), packageName, prefix);
	const results: Result[] = [];
	try {
		await trial.saveCredentials(services);
		for (const service of services) {
			for (const title of TITLES) results.push({ api: service.api, title, works: await check(trial, title, service) });
		}
	} finally {
		const left = await n8n.removeAll();
		console.log(left.length === 0 ? 'Everything that the checks made in n8n is deleted.' : `Not deleted in n8n:\n  ${left.join('\n  ')}`);
	}
	if (record && version) saveResult({ n8n: version, package: packageName, results });
	const failed = results.filter(({ works }) => !works).length;
	if (failed > 0)
		throw new Failure(
			`${failed} of ${results.length} checks failed`,
			'the executions of failed checks are deleted; docs/troubleshooting.md explains the messages',
		);
	console.log(`All ${results.length} checks work.`);
}
