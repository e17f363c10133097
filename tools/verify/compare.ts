import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 of each file below a folder, by its path. */
function hashesIn(folder: string): Map<string, string> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name));
	return new Map(paths.map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]));
}

/** How two unpacked packages differ, file by file. */
export function differencesOf(published: string, rebuilt: string): string[] {
	const [theirs, ours] = [hashesIn(published), hashesIn(rebuilt)];
	return [...new Set([...theirs.keys(), ...ours.keys()])].sort().flatMap((path) => {
		if (!ours.has(path)) return [`${path} is only in the published package`];
		if (!theirs.has(path)) return [`${path} is missing in the published package`];
		return theirs.get(path) === ours.get(path) ? [] : [`${path} has other bytes`];
	});
}
