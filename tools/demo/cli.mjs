// `npm run demo`: from a fresh clone to money moving in a real n8n, in the simulated world of the sandbox.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { ensureInstalled } from '../install.mjs';
import { tryLock } from '../lock.mjs';
import { pack } from '../pack.mjs';
import { step } from '../progress.mjs';
import { EXAMPLES, requireFreePorts, saveCredentials, saveExample, startStack } from '../stack.mjs';
import { runTool } from '../tool.mjs';
import { howToLookAround } from './lookAround.mjs';
import { DEMO_USAGE, readDemoOptions } from './options.mjs';
import { EXAMPLE, runSweep } from './sweep.mjs';
import { ledgerTable, table } from './table.mjs';

function claim(dataFolder) {
	const file = join(dataFolder, 'demo.lock');
	const { release, holder } = tryLock(file);
	if (!release) {
		throw new Failure(
			`Another demo (process ${holder ?? 'unknown'}) is using ${dataFolder}`,
			`stop it with Ctrl-C in its terminal, or give this one its own --data <folder> and ports (see --help); if there is none, delete ${file}`,
		);
	}
	process.on('exit', release);
}

async function demo() {
	const { once, fresh, help, dataFolder, ports } = readDemoOptions(process.argv.slice(2));
	if (help) return console.log(DEMO_USAGE);
	await requireFreePorts(ports);
	claim(dataFolder);
	const n8nFolder = join(dataFolder, 'n8n');
	if (fresh) rmSync(n8nFolder, { recursive: true, force: true });

	await ensureInstalled();
	const { tarball } = await step('Building and packing the package', async () => await pack(join(dataFolder, 'packed')));
	const { sandbox, client, editorUrl } = await startStack({ ports, tarball, dataFolder: n8nFolder });
	const examples = await step(`Creating the credentials and ${EXAMPLES.length} example workflows`, async () => {
		const credentials = await saveCredentials(client, sandbox);
		const saved = [];
		for (const file of EXAMPLES) saved.push({ file, ...(await saveExample(client, credentials, file)) });
		return saved;
	});
	const example = examples.find(({ file }) => file === EXAMPLE);
	const { moved } = await step(`Running '${example.workflow.name}'`, async () => await runSweep({ client, sandbox }, example));

	console.log(`\nWhat moved, from the ledger of the sandbox (${moved.length} entries):\n\n${ledgerTable(moved)}`);
	const links = examples.map(({ workflow }) => [workflow.name, `${editorUrl}/workflow/${workflow.id}`]);
	console.log(`\nThe examples, none of them published (docs/examples.md tells of each):\n\n${table(links)}`);
	if (once) return;
	console.log(`
${howToLookAround({ editorUrl, ports }, example.workflow)}

Execute '${example.workflow.name}' again: the ledger stays as it is, because the references are the same.
Ctrl-C stops n8n and the sandbox.`);
	await new Promise(() => undefined);
}

await runTool(demo, { interruptedCode: 0 });
