import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../base/failure';
import { manifest, packageRoots } from '../base/project';

const packages = packageRoots.map((root) => manifest(root));

/** The node types of a package, without its name. n8n adds a tool for each action node. */
function typesOf({ n8n }: (typeof packages)[number]): Set<string> {
	const names = n8n.nodes.map((file) => basename(file, '.node.js')).map((name) => name[0].toLowerCase() + name.slice(1));
	return new Set([...names, ...names.filter((name) => !name.endsWith('Trigger')).map((name) => `${name}Tool`)]);
}

const OURS = new RegExp(`^(?:${packages.map(({ name }) => name).join('|')})\\.(\\w+)$`);
const IN_TEXT = new RegExp(`("type"\\s*:\\s*")((?:${packages.map(({ name }) => name).join('|')})\\.\\w+)(?=")`, 'g');

interface Workflow {
	readonly nodes: ReadonlyArray<{ readonly type: string }>;
	/** The published version, which n8n's API gives inside the workflow. */
	readonly activeVersion?: unknown;
}

const isWorkflow = (value: unknown): value is Workflow =>
	typeof value === 'object' && value !== null && 'nodes' in value && Array.isArray(value.nodes);

/** The workflow with other types of its nodes. */
const renamed = ({ nodes, activeVersion, ...rest }: Workflow, typeIn: (type: string) => string): Workflow => ({
	...rest,
	nodes: nodes.map((node) => ({ ...node, type: typeIn(node.type) })),
	...(activeVersion !== undefined && { activeVersion: isWorkflow(activeVersion) ? renamed(activeVersion, typeIn) : activeVersion }),
});

export interface Moved {
	readonly text: string;
	/** The types of the nodes that were renamed, one entry for each node. */
	readonly renamed: readonly string[];
	/** The types of ours that the package does not have, one entry for each node. */
	readonly left: readonly string[];
}

/** An exported workflow, or a list of them, with the nodes of the package `to`. Every other character stays as it is. */
export function move(text: string, to: string): Moved {
	const target = packages.find(({ name }) => name === to);
	const names = packages.map(({ name }) => name).join(', ');
	if (!target) throw new Failure(`There is no package '${to}'`, `use one of ${names}`);
	const has = typesOf(target);
	const typeIn = (type: string) => {
		const name = OURS.exec(type)?.[1];
		return name !== undefined && has.has(name) ? `${to}.${name}` : type;
	};

	const before: unknown = JSON.parse(text);
	const workflows = Array.isArray(before) ? before : [before];
	if (!workflows.every(isWorkflow)) throw new Failure('This is not a workflow of n8n: it has no nodes', 'export it from n8n: Download');
	const withTypes = workflows.map((workflow) => renamed(workflow, typeIn));
	const after = text.replace(IN_TEXT, (_, begin: string, type: string) => begin + typeIn(type));
	// A workflow can hold another one as data.
	if (!isDeepStrictEqual(JSON.parse(after), Array.isArray(before) ? withTypes : withTypes[0])) {
		throw new Failure(
			'The file names our node types outside its nodes too, for example in pinned data',
			'remove that data and start again',
		);
	}
	const types = workflows.flatMap(({ nodes }) => nodes.map(({ type }) => type));
	return {
		text: after,
		renamed: types.filter((type) => typeIn(type) !== type),
		left: types.filter((type) => OURS.test(type) && typeIn(type) === type && !type.startsWith(`${to}.`)),
	};
}
