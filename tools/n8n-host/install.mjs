import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cachedTool } from '../cache.mjs';
import { Failure } from '../failure.mjs';
import { node24 } from '../node24/node24.mjs';
import { npm, run } from '../run.mjs';

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

const COMPILER_ADVICE = {
	darwin: 'install the compiler with `xcode-select --install`, then start again',
	linux: 'install a C++ compiler, make and Python 3 (Debian/Ubuntu: `apt-get install build-essential python3`), then start again',
	win32: 'install the Visual Studio Build Tools with the "Desktop development with C++" workload and Python 3, then start again',
}[process.platform];

/** What puts this Node first on the path. */
export const pathOf = (node) => ({ PATH: `${node.bin}${delimiter}${process.env.PATH ?? ''}` });

async function loads(node, folder) {
	return (await run(node.executable, ['-e', 'require("sqlite3")'], { cwd: folder })).code === 0;
}

// Install scripts are off; of all packages in n8n's tree only sqlite3 needs its own, because its npm tarball holds no
// binary. It fetches a ready one where it can and compiles otherwise.
async function buildDatabaseDriver(node, folder) {
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

/** Installs n8n once and returns { node, folder, bin }. */
export async function installN8n() {
	const node = await node24();
	const { output } = await run(node.executable, ['-p', 'process.versions.modules']);
	const folder = await cachedTool('n8n-host', {
		title: `Installing n8n ${dependencies.n8n} (about 3 minutes and 2.5 GB, once)`,
		runtime: output.trim(),
		finish: async (partial) => await buildDatabaseDriver(node, partial),
	});
	return { node, folder, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}
