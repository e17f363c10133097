import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../base/failure';
import { isAlive, tryLock } from '../base/lock';
import { step } from '../base/progress';
import { pack } from '../harness/pack';
import {
	EXAMPLES,
	PRODUCTION,
	requireFreePorts,
	saveCredentials,
	saveExample,
	startStack,
	SWEEP,
	type SavedExample,
} from '../harness/stack';
import { howToLookAround } from './lookAround';
import { DEMO_USAGE, readDemoOptions } from './options';
import { colleagueOf, ownerOf, passwordFile } from './owner';
import { runSweep } from './sweep';
import { ledgerTable, table } from './table';

/** The exit code after Ctrl-C. */
export const interruptedCode = 0;

function claim(dataFolder: string) {
	const file = join(dataFolder, 'demo.lock');
	const { release, holder } = tryLock(file);
	if (!release) {
		throw new Failure(
			`Another demo (process ${holder ?? 'unknown'}) uses ${dataFolder}`,
			`stop it with Ctrl-C in its terminal, or give this one its own --data <folder> and ports (see --help); if there is none, delete ${file}`,
		);
	}
	process.on('exit', release);
}

/** `npm run demo`: from a fresh clone to a real n8n that moves the money of the sandbox. */
export async function main(args: string[]): Promise<void> {
	const { once, fresh, help, dataFolder, ports } = readDemoOptions(args);
	if (help) return console.log(DEMO_USAGE);
	await requireFreePorts(ports);
	claim(dataFolder);
	const n8nFolder = join(dataFolder, 'n8n');
	// An n8n without this file is of a demo whose password everybody knew.
	if (fresh || !existsSync(passwordFile(dataFolder))) {
		for (const old of [n8nFolder, passwordFile(dataFolder)]) rmSync(old, { recursive: true, force: true });
	}
	const owner = ownerOf(dataFolder);
	const isReused = existsSync(n8nFolder);

	const { tarball } = await step('Building and packing the package', async () => await pack(join(dataFolder, 'packed')));
	const { sandbox, client, editorUrl, n8n } = await startStack({
		ports,
		tarball,
		dataFolder: n8nFolder,
		owner,
		env: PRODUCTION,
		speed: 1,
	});
	await client.invite(colleagueOf(owner));
	if (isReused) console.log(`- This n8n remembers earlier demos (${n8nFolder}). To forget them: npm run demo -- --fresh`);
	const examples = await step(`Creating the credentials and ${EXAMPLES.length} example workflows`, async () => {
		const credentials = await saveCredentials(client, sandbox);
		const saved = new Map<string, SavedExample>();
		for (const file of EXAMPLES) saved.set(file, await saveExample({ client, credentials }, file));
		return saved;
	});
	const example = examples.get(SWEEP);
	if (!example) throw new Failure(`There is no examples/${SWEEP}`);
	const { moved } = await step(`Running '${example.workflow.name}'`, async () => await runSweep({ client, sandbox }, example));

	console.log(`\nWhat moved, from the ledger of the sandbox (${moved.length} entries):\n\n${ledgerTable(moved)}`);
	const links = [...examples.values()].map(({ workflow }) => [workflow.name, `${editorUrl}/workflow/${workflow.id}`]);
	console.log(`\nThe examples, none of them published (docs/examples.md describes each):\n\n${table(links)}`);
	if (once) return;
	console.log(`
${howToLookAround({ editorUrl, ports, owner }, example.workflow)}
The password is in ${passwordFile(dataFolder)}.

Execute '${example.workflow.name}' again: the ledger stays as it is, because the references are the same.
Ctrl-C stops n8n and the sandbox.`);
	while (n8n.pid !== undefined && isAlive(n8n.pid)) await sleep(1_000);
	throw new Failure('n8n has ended', `read the end of its log in ${n8nFolder}, then start again: npm run demo`);
}
