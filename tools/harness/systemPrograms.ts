import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from '../base/progress';
import { mustRun } from '../base/run';

export const isRoot = process.getuid?.() === 0;

/** The first of these programs on the path or in one of the other folders. */
export function findProgram(names: readonly string[], otherFolders: readonly string[] = []): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...otherFolders];
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

/** Installs packages of the distribution where possible: on Debian and its relatives, as root. */
export async function installPackages(title: string, packages: readonly string[], advice: string): Promise<void> {
	if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
	await step(title, async () => {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await mustRun('apt-get', ['update'], { env });
		await mustRun('apt-get', ['install', '-y', ...packages], { env, advice });
	});
}
