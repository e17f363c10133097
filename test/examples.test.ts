import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { type Box, crosses, lineBetween, nodeBox, openingZoom, runsThrough, SIZE } from './support/canvas';

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
	readonly settings: { readonly timezone?: string };
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

/** n8n's canvas in a window of 1920 x 1080. */
const SCREEN = { width: 1850, height: 860 };
const MOST_IN_A_ROW = 7;

/** A node of the type Agent is wider. */
const widthOf = ({ type }: ExampleNode) => (type.endsWith('.agent') ? 256 : SIZE);
const outputsOf = ({ connections }: Example, { name, onError }: ExampleNode) =>
	Math.max(connections[name]?.main?.length ?? 1, onError === 'continueErrorOutput' ? 2 : 1);
const drawn = (example: Example, node: ExampleNode): Box =>
	isNote(node) ? boxOf(node, true) : nodeBox(node.position, { width: widthOf(node), outputs: outputsOf(example, node) });

/** Every line between two nodes of a workflow, as n8n draws it. */
function linesOf(example: Example) {
	const { nodes, connections } = example;
	const named = (name: string) => nodes.find((node) => node.name === name)!;
	return Object.entries(connections).flatMap(([name, { main = [] }]) =>
		main.flatMap((targets, output) =>
			targets.map((target) => {
				const [from, to] = [named(name), named(target.node)];
				const outputs = outputsOf(example, from);
				const source = { position: from.position, output, outputs, width: widthOf(from) };
				const points = lineBetween(source, { position: to.position, outputs: outputsOf(example, to) });
				return { from, to, points, isError: from.onError === 'continueErrorOutput' && output === outputs - 1 };
			}),
		),
	);
}

test('there are a dozen examples and more', () => expect(files.length).toBeGreaterThanOrEqual(12));

describe.each(files)('%s', (file) => {
	const example = JSON.parse(textOf(`examples/${file}`)) as Example;
	const { nodes, connections } = example;
	const steps = nodes.filter((node) => !isNote(node));
	const [note, ...sections] = nodes.filter(isNote);
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

	test('has rows of at most seven nodes, and a note for each section', () => {
		for (const { position } of steps) {
			const row = steps.filter((node) => node.position[1] === position[1]);
			expect(row.length).toBeLessThanOrEqual(MOST_IN_A_ROW);
		}
		// The note of a section is beside its first node.
		expect(sections.length).toBeGreaterThan(1);
		for (const { name, position, parameters } of sections) {
			expect({ name, content: parameters.content }).toEqual({
				name: expect.stringMatching(/^Section: /),
				content: expect.stringMatching(/^## .{2,12}\n.{5,60}$/),
			});
			const beside = steps.filter(({ position: [x, y] }) => x > position[0] && Math.abs(y - position[1]) <= 100);
			expect({ name, beside: beside.length > 0 }).toEqual({ name, beside: true });
		}
	});

	test('has a heading in every note that is readable when n8n opens the workflow', () => {
		const boxes = nodes.map((node) => drawn(example, node));
		expect(openingZoom(boxes, SCREEN)).toBeGreaterThan(0.5);
	});

	test('has no line through a node or a note, and runs the report of errors last', () => {
		const crossed = linesOf(example).flatMap(({ from, to, points }) =>
			nodes
				.filter((node) => node !== from && node !== to && runsThrough(points, drawn(example, node)))
				.map(({ name }) => `${from.name} -> ${to.name} runs through ${name}`),
		);
		expect(crossed).toEqual([]);
		// n8n runs the targets of a node from top to bottom.
		for (const { from, to, isError } of linesOf(example)) {
			if (!isError) continue;
			const others = linesOf(example).filter((line) => line.from === from && !line.isError);
			for (const other of others)
				expect([from.name, other.to.name, other.to.position[1] < to.position[1]]).toEqual([from.name, other.to.name, true]);
		}
	});

	test('has no lines that cross, except a loop that leads back to an earlier row', () => {
		const lines = linesOf(example).filter(({ from, to, isError }) => isError || to.position[1] > from.position[1] - NODE.height);
		const crossed = lines.flatMap((line) =>
			lines
				.filter(({ from, to }) => from !== line.from && to !== line.to)
				.filter(({ points }) => crosses(line.points, points))
				.map(({ from, to }) => `${line.from.name} -> ${line.to.name} crosses ${from.name} -> ${to.name}`),
		);
		expect(crossed).toEqual([]);
	});

	test('runs in Swedish time', () => expect(example.settings.timezone).toBe('Europe/Stockholm'));

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

/** What an expression of an example gives. `outputs` has the items of other nodes by name. */
function valueOf(expression: string, json: IDataObject, outputs: Record<string, IDataObject[]>, input: IDataObject[] = [json]): unknown {
	const items = (rows: IDataObject[]) => ({ first: () => ({ json: rows[0] }), all: () => rows.map((row) => ({ json: row })) });
	const of = (name: string) => items(outputs[name]);
	const [, code] = /^=?\{\{(.*)\}\}$/s.exec(expression) ?? [];
	const now = { toUTC: () => ({ toISO: () => '2026-03-06T09:05:00.000Z' }) };
	const today = { toISODate: () => '2026-03-06' };
	return new Function('$json', '$', '$input', '$now', '$today', `return (${code});`)(json, of, items(input), now, today);
}

const exampleOf = (file: string) => JSON.parse(textOf(`examples/${file}`)) as Example;
const parametersOf = (file: string, name: string) => exampleOf(file).nodes.find((node) => node.name === name)?.parameters ?? {};

/** The expression of a field in an Edit Fields node. */
function assigned(file: string, node: string, field: string): string {
	const { assignments } = parametersOf(file, node).assignments as { assignments: Array<{ name: string; value: string }> };
	return assignments.find(({ name }) => name === field)?.value ?? '';
}

/** The text of an HTML node: its expressions replaced by what they give. */
const written = (file: string, node: string, ...given: [IDataObject, Record<string, IDataObject[]>, IDataObject[]?]) =>
	String(parametersOf(file, node).html).replace(/\{\{.*?\}\}/gs, (expression) => String(valueOf(expression, ...given)));

const MARKUP = '<b onclick="x">&';
const ESCAPED = '&lt;b onclick=&quot;x&quot;&gt;&amp;';

describe('what the examples write for people', () => {
	const settings = { day: '2026-03-05', currency: 'SEK', warnBelow: 1, limit: 32_000_000, keepAtLeast: 4_000_000 };
	const positions = [
		{ account_id: 'a1', company_name: MARKUP, booked_balance: '32888869.07', available_balance: '32888000.00' },
		{ account_id: 'a2', company_name: 'Norrlands Skog AB', booked_balance: '361811.63', available_balance: '-353811.60' },
	];
	const outputs = {
		Settings: [settings],
		'Get the positions': [{ total: '33250680.70', positions }],
		'Get the bank accounts': [{ id: 'a1', name: 'Driftkonto', bank: 'SEB', iban: 'SE6930070732988569305338' }],
	};

	test('the cash report: company beside each account, Swedish amounts, an axis, the date, and no markup of others', () => {
		const file = 'daily-cash-report.json';
		expect(parametersOf(file, 'Get the positions')).toMatchObject({ addNames: true });
		const rows = valueOf(assigned(file, 'Rows of the report', 'rows'), {}, outputs) as IDataObject[];
		expect(rows.map(({ company }) => company)).toEqual([MARKUP, 'Norrlands Skog AB']);
		const svg = String(valueOf(assigned(file, 'Draw the chart', 'svg'), { rows, total: '33250680.70' }, outputs));
		expect(svg).toContain('Cash on 2026-03-05: 33\u00a0250\u00a0680,70 SEK');
		expect(svg).toContain(`${ESCAPED}, Driftkonto SEB …5338`);
		expect(svg).toContain('>32\u00a0888\u00a0869,07<');
		for (const tick of ['0,00', '30\u00a0000\u00a0000,00']) expect(svg).toContain(`text-anchor="middle">${tick}</text>`);
		const page = written(file, 'Write the page', { rows, svg }, outputs);
		expect(page).toContain(`<tr><td>${ESCAPED}</td><td>Driftkonto SEB …5338</td><td class="number">32\u00a0888\u00a0869,07</td>`);
		expect(page).toContain('<td class="number">-353\u00a0811,60</td>');
		expect(page + svg).not.toContain(MARKUP);
	});

	test('the cash pool: Swedish amounts, the date, and no markup of others', () => {
		const rows = [{ group: MARKUP, company: MARKUP, accounts: 2, booked: 32_888_869.07, available: 1_250.5 }];
		const page = written('cash-pool-overview.json', 'Write the overview', {}, outputs, rows);
		expect(page).toContain('Cash pool on 2026-03-06');
		expect(page).toContain('Available in SEK: <strong>1\u00a0250,50</strong>');
		expect(page).toContain(
			`<tr class="low"><td>${ESCAPED}</td><td>${ESCAPED}</td><td class="number">2</td><td class="number">32\u00a0888\u00a0869,07</td>`,
		);
		expect(page).not.toContain(MARKUP);
	});

	test('the forecast: two axes, the day of each week, Swedish amounts', () => {
		const weeks = [30_000_000, 34_000_000].map((balance, index) => ({
			week: index + 1,
			from: `2026-03-${13 + 7 * index}`,
			balance,
			belowLimit: index === 0,
		}));
		const svg = String(valueOf(assigned('cash-flow-forecast.json', 'Draw the chart', 'picture'), { weeks }, outputs));
		for (const shown of [
			'34\u00a0000\u00a0000,00 SEK',
			'limit 32\u00a0000\u00a0000,00',
			'>31\u00a0000\u00a0000,00<',
			'>03-13<',
			'>03-20<',
			'weeks from 2026-03-13 on',
		])
			expect(svg).toContain(shown);
		expect(svg.match(/<circle/g)).toHaveLength(2);
	});

	test('the audit export: a formula becomes text, a number stays a number', () => {
		const shown = (field: string, value: string) =>
			valueOf(assigned('audit-export.json', 'Columns of the export', field), { [field]: value }, {});
		for (const begin of ['=', '+', '-', '@', '\t', '\r']) expect(shown('reference', `${begin}cmd()`)).toBe(`'${begin}cmd()`);
		for (const field of ['outcome', 'reason', 'object', 'currency', 'idempotencyKey', 'fingerprint'])
			expect([field, shown(field, '=1+1')]).toEqual([field, "'=1+1"]);
		expect(shown('reference', 'INV-1')).toBe('INV-1');
		expect(shown('amount', '-100.50')).toBe('-100.50');
	});

	test('the audit export keeps receipts, failed writes and refusals', () => {
		const kept = valueOf(
			assigned('audit-export.json', 'The receipts', 'rows'),
			{},
			{
				'A write was made': [
					{ id: 'o1', amount: 100, currency: 'SEK', receipt: { reference: 'R-1', outcome: 'created', time: 't1', fingerprint: 'f1' } },
					{ error: { message: 'Finvis refused it', description: 'No', outcome: 'rejected', reference: 'R-2' } },
					{ error: { message: "The reference 'R-3' was already used for something else", description: 'Nothing was sent.' } },
					{ error: 'Something went wrong' },
					{ id: 'read' },
				],
			},
		) as IDataObject[];
		expect(kept.map(({ reference, outcome, reason }) => [reference, outcome, reason])).toEqual([
			['R-1', 'created', ''],
			['R-2', 'rejected', 'Finvis refused it: No'],
			['', 'refused', "The reference 'R-3' was already used for something else: Nothing was sent."],
			['', 'refused', 'Something went wrong'],
		]);
		expect(new Set(kept.map((row) => Object.keys(row).length))).toEqual(new Set([10]));
	});

	test('amounts on the pages of approvals', () => {
		const done = String(parametersOf('approvals-inbox.json', 'Say what was approved').completionMessage);
		const approval = { id: '0a1b2c3d-4e5f', object_id: 'b-1', amount: '32888869.07', currency: 'SEK', requested_by: 'a@b.se' };
		const [choice] = valueOf(
			assigned('approvals-inbox.json', 'What waits for this person', 'choices'),
			{},
			{
				'Get the pending approvals': [approval],
				'Describe each batch': [{ id: 'b-1', name: 'Suppliers' }],
				'Open the inbox': [{ user: { email: 'c@d.se' } }],
			},
		) as IDataObject[];
		expect(choice.label).toBe('32\u00a0888\u00a0869,07 SEK - Suppliers - asked for by a@b.se - 0a1b2c3d');
		const outputs = { 'Each of them': [choice, choice] };
		expect(valueOf(done, {}, outputs, [approval, { error: { message: 'Too much', description: 'Nothing was sent.' } }])).toBe(
			`Approved: ${String(choice.label)}\nNot approved: ${String(choice.label)}. Too much. Nothing was sent.`,
		);
		const batch = { total_amount: '24119.75', payment_count: 3, currency: 'SEK' };
		const paid = String(parametersOf('supplier-run.json', 'Say that it will be paid').completionMessage);
		expect(paid.slice(1).replace(/\{\{.*?\}\}/g, (one) => String(valueOf(one, {}, { 'Prepare the batch': [batch] })))).toBe(
			'3 payments, together 24\u00a0119,75 SEK, go to the bank.',
		);
	});
});
