import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ExampleNode {
	readonly name: string;
	readonly type: string;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>> & { readonly width?: number; readonly height?: number };
	readonly onError?: string;
	readonly alwaysOutputData?: boolean;
	readonly credentials?: unknown;
}

interface Example {
	readonly name: string;
	readonly nodes: readonly ExampleNode[];
	readonly connections: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<ReadonlyArray<{ readonly node: string }>>>>>>;
	readonly active: boolean;
}

const root = join(__dirname, '..');
const files = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const OURS = 'n8n-nodes-fondo-finvis.';
const isNote = ({ type }: ExampleNode) => type === 'n8n-nodes-base.stickyNote';

/** What a node takes on the canvas, with its name under it. */
const NODE = { width: 180, height: 140 };

function boxOf({ position: [x, y], parameters: { width, height } }: ExampleNode, note: boolean) {
	return { left: x, top: y, right: x + (note ? Number(width) : NODE.width), bottom: y + (note ? Number(height) : NODE.height) };
}

const overlaps = (one: ReturnType<typeof boxOf>, other: ReturnType<typeof boxOf>) =>
	one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

test('there are a dozen examples and more', () => expect(files.length).toBeGreaterThanOrEqual(12));

describe.each(files)('%s', (file) => {
	const example = JSON.parse(textOf(`examples/${file}`)) as Example;
	const { nodes, connections } = example;
	const steps = nodes.filter((node) => !isNote(node));
	const [note] = nodes.filter(isNote);
	const ours = steps.filter(({ type }) => type.startsWith(OURS));

	test('is imported without anything of one machine, and is off', () => {
		expect(example.active).toBe(false);
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});

	test('has a note that names its credentials and what happens when something fails', () => {
		const content = String(note.parameters.content);
		expect(content).toMatch(/^## /);
		expect(content).toMatch(/\*\*Credentials?:\*\*/);
		expect(content).toContain('**When something fails:**');
		expect(content).toContain('**To change:**');
		if (ours.some(({ type }) => type.startsWith(`${OURS}finvis`))) expect(content).toContain('*Finvis API*');
		if (ours.some(({ type }) => type.startsWith(`${OURS}fondo`))) expect(content).toContain('*Fondo API*');
	});

	test('is made of nodes that everybody has, and of no code', () => {
		const foreign = steps.filter(({ type }) => !/^(n8n-nodes-base|@n8n\/n8n-nodes-langchain|n8n-nodes-fondo-finvis)\./.test(type));
		expect(foreign).toEqual([]);
		expect(steps.filter(({ type }) => /\.(code|function|functionItem|httpRequest)$/.test(type))).toEqual([]);
	});

	test('reports an error to a person', () => {
		const names = new Set(Object.keys(connections));
		const caught = steps.filter(({ onError }) => onError === 'continueErrorOutput');
		for (const { name } of caught) expect({ name, leadsOn: connections[name].main[1]?.length }).toEqual({ name, leadsOn: 1 });
		const reported = steps.some(({ type, name }) => type === 'n8n-nodes-base.errorTrigger' && names.has(name));
		const read = steps.some(({ onError }) => onError === 'continueRegularOutput') && JSON.stringify(steps).includes('$json.error');
		expect(reported || caught.length > 0 || read).toBe(true);
	});

	// n8n runs both outputs of such a node when its call fails, and n8n 3.0 flags it.
	test('has no Always Output Data beside an error output', () => {
		const both = steps.filter(({ alwaysOutputData, onError }) => alwaysOutputData === true && onError === 'continueErrorOutput');
		expect(both.map(({ name }) => name)).toEqual([]);
	});

	test('makes its references of what is paid', () => {
		for (const { name, parameters } of ours) {
			const reference = String(parameters.reference ?? '');
			expect({ name, reference }).not.toEqual({ name, reference: expect.stringMatching(/\$now|\$today|\$execution|random|Date/) });
		}
	});

	test('has its nodes on a grid without overlapping, and every node is connected', () => {
		const boxes = nodes.map((node) => ({ name: node.name, box: boxOf(node, isNote(node)) }));
		const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).map((other) => [one, other] as const));
		expect(pairs.filter(([one, other]) => overlaps(one.box, other.box)).map(([one, other]) => [one.name, other.name])).toEqual([]);
		for (const { name, position } of steps) expect({ name, off: position.map((at) => Math.abs(at % 20)) }).toEqual({ name, off: [0, 0] });
		const reached = new Set([
			...Object.keys(connections),
			...Object.values(connections).flatMap((outputs) => Object.values(outputs).flatMap((lines) => lines.flat().map(({ node }) => node))),
		]);
		expect(steps.filter(({ name }) => !reached.has(name))).toEqual([]);
		expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
	});

	test('is in the docs, with its picture, and in the README', () => {
		const name = file.replace('.json', '');
		const docs = textOf('docs/examples.md');
		expect(docs).toContain(`## ${example.name}\n`);
		expect(docs).toContain(`(../examples/${file})`);
		expect(docs).toContain(`(images/examples/${name}.png)`);
		expect(readdirSync(join(root, 'docs', 'images', 'examples'))).toContain(`${name}.png`);
		expect(textOf('README.md')).toContain(`(examples/${file})`);
	});
});
