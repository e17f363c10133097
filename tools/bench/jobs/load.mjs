import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installN8n } from '../../n8n-host/install.mjs';
import { projectRoot } from '../../project.mjs';
import { mustRun } from '../../run.mjs';
import { milliseconds } from '../numbers.mjs';
import { inRounds } from '../rounds.mjs';

const SCRIPT = fileURLToPath(new URL('../load.cjs', import.meta.url));

const sizeOf = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

/** What n8n waits for when it starts: all files of all nodes and credentials, in a new process that has n8n-workflow already. */
export async function load(_, { rounds, tell }) {
	const { node, folder } = await installN8n();
	const dist = join(projectRoot, 'dist');
	const once = async () => ({
		wall: Number(
			await mustRun(node.executable, [SCRIPT, projectRoot], {
				cwd: folder,
				env: { ...process.env, NODE_PATH: join(folder, 'node_modules') },
			}),
		),
	});
	const { ours } = await inRounds(rounds * 3, { ours: once }, tell);
	const kilobytes = sizeOf(dist) / 1_000;
	return {
		title: 'Loading the package',
		table: [
			['time', 'size of dist'],
			[milliseconds(ours.wall), `${kilobytes.toFixed(0)} kB`],
		],
		verdicts: [
			{ goal: '< 30 ms', measured: milliseconds(ours.wall), reached: ours.wall < 30 },
			{ goal: '< 300 kB of dist', measured: `${kilobytes.toFixed(0)} kB`, reached: kilobytes < 300 },
		],
	};
}
