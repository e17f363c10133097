import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cachedTool } from '../../base/cache';
import { Failure } from '../../base/failure';
import { node24, type NodeInstall } from '../../base/node24';
import { projectRoot } from '../../base/project';
import { npm, run } from '../../base/run';

/** The installed n8n, and the Node that runs it. */
export interface N8nInstall {
	readonly node: NodeInstall;
	readonly folder: string;
	readonly bin: string;
}

const manifest = join(projectRoot, 'tools', 'n8n-host', 'package.json');
const { dependencies }: { dependencies: { n8n: string } } = JSON.parse(readFileSync(manifest, 'utf8'));

const COMPILER_ADVICES: Partial<Record<NodeJS.Platform, string>> = {
	darwin: 'install the compiler with `xcode-select --install`, then start again',
	linux: 'install a C++ compiler, make and Python 3 (Debian/Ubuntu: `apt-get install build-essential python3`), then start again',
	win32: 'install the Visual Studio Build Tools with the "Desktop development with C++" workload and Python 3, then start again',
};
const COMPILER_ADVICE = COMPILER_ADVICES[process.platform];

/** The PATH with this Node first. */
export const pathOf = (node: NodeInstall) => ({ PATH: `${node.bin}${delimiter}${process.env.PATH ?? ''}` });

async function loads(node: NodeInstall, folder: string) {
	return (await run(node.executable, ['-e', 'require("sqlite3")'], { cwd: folder })).code === 0;
}

// Install scripts are off. In n8n's tree only sqlite3 needs its own, because its npm tarball has no binary. The script downloads a binary
// where it can, and compiles otherwise.
async function buildDatabaseDriver(node: NodeInstall, folder: string) {
	for (const fromSource of [undefined, 'true']) {
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: folder,
			env: {
				...pathOf(node),
				...(node.headers && { npm_config_nodedir: node.headers }),
				...(fromSource && { npm_config_build_from_source: fromSource }),
			},
			advice: COMPILER_ADVICE,
		});
		if (await loads(node, folder)) return;
	}
	throw new Failure('The database driver of n8n (sqlite3) was built but does not load', COMPILER_ADVICE);
}

/** Installs n8n into the cache, once. */
export async function installN8n(): Promise<N8nInstall> {
	const node = await node24();
	const { output } = await run(node.executable, ['-p', 'process.versions.modules']);
	const folder = await cachedTool('n8n-host', {
		title: `Installing n8n ${dependencies.n8n} (about 3 minutes and 2.5 GB, once)`,
		runtime: output.trim(),
		finish: async (partial) => await buildDatabaseDriver(node, partial),
	});
	return { node, folder, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}
