import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { move } from './move';

const USAGE = 'npm run move-workflow -- <file.json> --to <package>';

/** `npm run move-workflow`: lets an exported workflow use the nodes of another of our packages. */
export async function main(args: string[]): Promise<void> {
	const { values, positionals } = parseArgs({ args, options: { to: { type: 'string' } }, allowPositionals: true });
	const [file] = positionals;
	if (positionals.length !== 1 || !values.to) throw new Failure('Name one file and one package', USAGE);
	const { text, renamed, left } = move(readFileSync(file, 'utf8'), values.to);
	writeFileSync(file, text);
	console.log(`${file}: ${renamed.length} node types renamed to ${values.to}`);
	if (left.length > 0) console.log(`${values.to} does not have ${[...new Set(left)].join(', ')}: those nodes stay as they are`);
}
