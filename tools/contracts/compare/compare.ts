import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resources as finvis } from '../../../nodes/Finvis/resources';
import { resources as fondo } from '../../../nodes/Fondo/resources';
import { Failure } from '../../base/failure';
import { projectRoot } from '../../base/project';
import { compareContracts } from './contracts';
import { addressesIn, readDocument, readSource, titleOf, type NamedDocument } from './documents';
import { matchOperations } from './operations';
import { reportOn, textOf, type Reported } from './report';
import { touchesIn } from './touches';
import type { Difference } from './difference';

const USAGE = `npm run contracts:check -- [options] [file, folder or address …]
  --url    also compare the public files of the vendors, at the addresses in contracts/NOTES.md
  --json   print the differences for a program
The exit code is 0 when all are equal, 1 when something differs, and 2 when something cannot be read.`;

interface Contract {
	readonly api: 'fondo' | 'finvis';
	readonly document: NamedDocument;
}

async function contractOf(api: Contract['api']): Promise<Contract> {
	return { api, document: await readDocument(join(projectRoot, 'contracts', `${api}.openapi.yaml`)) };
}

let read: Promise<Contract[]> | undefined;

/** Our contracts; each process reads them once. */
const ourContracts = async () => await (read ??= Promise.all([contractOf('fondo'), contractOf('finvis')]));

/** Reading the repository takes a second, which a file without differences does not need. */
function reported(api: Contract['api'], differences: readonly Difference[]): Reported[] {
	if (differences.length === 0) return [];
	const touches = touchesIn(api, api === 'fondo' ? fondo : finvis);
	return differences.map((difference) => reportOn(difference, touches(difference)));
}

/** Which of our contracts a file is about: the one that shares most operations with it, else the one whose name it has. */
function contractFor(contracts: readonly Contract[], theirs: NamedDocument): Contract {
	const shared = contracts.map(({ document }) => matchOperations(document, theirs).both.length);
	const most = Math.max(...shared);
	const found = most > 0 ? contracts[shared.indexOf(most)] : contracts.find(({ api }) => titleOf(theirs).toLowerCase().includes(api));
	if (found) return found;
	throw new Failure(`${theirs.name} cannot be read: it is neither about Fondo nor about Finvis`, 'give the OpenAPI file of one of them', 2);
}

interface Result {
	readonly file: string;
	readonly contract: string;
	readonly differences: readonly Reported[];
}

type Unreadable = InstanceType<typeof Failure>;

interface Comparison {
	readonly results: readonly Result[];
	/** The sources that could not be read. */
	readonly failures: readonly Unreadable[];
}

/** Compares each file; one that cannot be read does not keep the others from being compared. */
export async function compareSources(sources: readonly string[]): Promise<Comparison> {
	const contracts = await ourContracts();
	const results: Result[] = [];
	const failures: Unreadable[] = [];
	for (const source of sources) {
		try {
			for (const theirs of await readSource(source)) {
				const { api, document } = contractFor(contracts, theirs);
				const differences = reported(api, compareContracts(document, theirs));
				results.push({ file: theirs.name, contract: `contracts/${api}.openapi.yaml`, differences });
			}
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			failures.push(error);
		}
	}
	return { results, failures };
}

function readOptions(args: string[]) {
	const flag = { type: 'boolean' as const, default: false };
	try {
		return parseArgs({ args, options: { url: flag, json: flag, help: flag }, allowPositionals: true });
	} catch (error) {
		throw new Failure((error as Error).message, `use these:\n${USAGE}`, 2);
	}
}

/** `npm run contracts:check`: what the vendors' OpenAPI files say otherwise than ours. */
export async function main(args: string[]): Promise<void> {
	const { values, positionals } = readOptions(args);
	if (values.help) return console.log(USAGE);
	const notes = values.url ? addressesIn(await readFile(join(projectRoot, 'contracts/NOTES.md'), 'utf8')) : [];
	const sources = [...positionals, ...notes];
	if (sources.length === 0) throw new Failure('There is nothing to compare', `use these:\n${USAGE}`, 2);
	const { results, failures } = await compareSources(sources);
	if (values.json) console.log(JSON.stringify(results, undefined, '\t'));
	else for (const { file, contract, differences } of results) console.log(`${textOf(file, contract, differences)}\n`);
	const [first, ...others] = failures;
	for (const { message, advice } of others) console.error(`${message}\n  What to do: ${advice ?? ''}`);
	if (first) throw first;
	const count = results.reduce((sum, { differences }) => sum + differences.length, 0);
	const advice = 'correct contracts/ where the vendor is right, then run `npm run contracts` and `npm test`';
	if (count > 0) throw new Failure(`${count} ${count === 1 ? 'difference' : 'differences'}`, advice);
}
