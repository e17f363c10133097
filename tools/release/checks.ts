import { Failure } from '../base/failure';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { mustRun } from '../base/run';

const git = async (...args: string[]) => (await mustRun('git', args, { cwd: projectRoot })).trim();

/** The section of a version in the changelog. */
export function changelogOf(text: string, version: string): string {
	const [, ...sections] = text.split(/^## /m);
	const found = sections.find((section) => section.split(/\s/, 1)[0] === version);
	const entry = found?.slice(found.indexOf('\n') + 1).trim();
	if (!entry) throw new Failure(`CHANGELOG.md has no entry for ${version}`, `write what users can notice under '## ${version}'`);
	return entry;
}

/** The one version of all packages. */
export function commonVersion(): string {
	const versions = packageRoots.map((root) => `${manifest(root).name} ${manifest(root).version}`);
	const { version } = manifest();
	const others = versions.filter((one) => !one.endsWith(` ${version}`));
	if (others.length > 0) throw new Failure(`The packages have different versions: ${versions.join(', ')}`, 'give all of them one version');
	return version;
}

/** Refuses files that the commit does not have: what is published must be what everybody can build. */
export async function requireCleanTree(): Promise<void> {
	const changes = await git('status', '--porcelain');
	if (changes) throw new Failure(`The working tree has changes that are not committed:\n${changes}`, 'commit or remove them');
}

/** Refuses a version that is already tagged at another commit. */
export async function requireFreeTag(version: string): Promise<string> {
	const head = await git('rev-parse', 'HEAD');
	const tag = `v${version}`;
	if (!(await git('tag', '--list', tag))) return head;
	const tagged = await git('rev-list', '-n', '1', tag);
	if (tagged !== head) throw new Failure(`${tag} is another commit (${tagged.slice(0, 12)})`, 'raise the version of all packages');
	return head;
}
