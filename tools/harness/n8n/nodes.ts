import { dirname, join } from 'node:path';
import { cachedTool } from '../../base/cache';
import { Failure } from '../../base/failure';

export interface NodeVersion {
	readonly major: number;
	readonly executable: string;
	/** The folder of the executable, for PATH. */
	readonly bin: string;
}

/** The versions of Node that n8n runs on, from npm. They exist for Linux x64. */
export async function nodeVersions(): Promise<NodeVersion[]> {
	if (`${process.platform}-${process.arch}` !== 'linux-x64') {
		throw new Failure('npm has all these versions of Node for Linux x64 only', 'run this in Linux x64');
	}
	const folder = await cachedTool('nodes', { title: 'Installing Node 20, 22 and 24 from npm' });
	return [20, 22, 24].map((major) => {
		const executable = join(folder, 'node_modules', `node${major}`, 'bin', 'node');
		return { major, executable, bin: dirname(executable) };
	});
}
