import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { move } from '../../tools/moveWorkflow/move';

const root = join(__dirname, '../..');
const BOTH = 'n8n-nodes-fondo-finvis';
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(root, 'examples', file), 'utf8');

test.each(examples)('%s moves there and back, and only the types of its nodes change', (file) => {
	const text = textOf(file);
	for (const [to, service] of [
		['n8n-nodes-fondo', 'fondo'],
		['n8n-nodes-finvis', 'finvis'],
	]) {
		const moved = move(text, to);
		const count = text.split(`"type": "${BOTH}.${service}`).length - 1;
		expect(moved.renamed).toHaveLength(count);
		expect(moved.text).toBe(text.replaceAll(`"type": "${BOTH}.${service}`, `"type": "${to}.${service}`));
		expect(move(moved.text, BOTH).text).toBe(text);
	}
});

test('no other character changes: spaces, numbers of any length, texts that look like a type', () => {
	const text = `{ "name":"A",\r\n\t"nodes":[{"name": "n8n-nodes-fondo-finvis.finvis", "type" :  "n8n-nodes-fondo-finvis.finvisTool",
 "parameters": {"id": 7615917337495251231, "code": "{\\"type\\": \\"n8n-nodes-fondo-finvis.finvis\\"}", "zero": 1.0}}], "connections":{}}`;
	expect(move(text, 'n8n-nodes-finvis').text).toBe(text.replace('"n8n-nodes-fondo-finvis.finvisTool"', '"n8n-nodes-finvis.finvisTool"'));
});

test('the published version inside a workflow of the API moves too', () => {
	const text = JSON.stringify({ nodes: [{ type: `${BOTH}.finvis` }], activeVersion: { nodes: [{ type: `${BOTH}.finvisTrigger` }] } });
	const { nodes, activeVersion } = JSON.parse(move(text, 'n8n-nodes-finvis').text);
	expect([nodes[0].type, activeVersion.nodes[0].type]).toEqual(['n8n-nodes-finvis.finvis', 'n8n-nodes-finvis.finvisTrigger']);
	expect(move(JSON.stringify({ nodes: [], activeVersion: null }), BOTH).renamed).toEqual([]);
});

test('what the package does not have stays and is named', () => {
	const nodes = ['fondo', 'finvis', 'finvisTrigger'].map((name) => ({ name, type: `${BOTH}.${name}` }));
	const moved = move(JSON.stringify([{ nodes }]), 'n8n-nodes-finvis');
	expect(moved.renamed).toEqual([`${BOTH}.finvis`, `${BOTH}.finvisTrigger`]);
	expect(moved.left).toEqual([`${BOTH}.fondo`]);
	expect(JSON.parse(moved.text)[0].nodes[0].type).toBe(`${BOTH}.fondo`);
});

test('a file that is no workflow, another package and a type in data are refused', () => {
	const node = { type: `${BOTH}.finvis`, parameters: {} };
	expect(() => move('{}', 'n8n-nodes-finvis')).toThrow('not a workflow');
	expect(() => move(JSON.stringify({ nodes: [node] }), 'n8n-nodes-other')).toThrow("no package 'n8n-nodes-other'");
	const pinned = { nodes: [node], pinData: { Start: [{ json: node }] } };
	expect(() => move(JSON.stringify(pinned), 'n8n-nodes-finvis')).toThrow('outside its nodes');
});

test('npm run move-workflow writes the file and says what it did', () => {
	const folder = mkdtempSync(join(tmpdir(), 'move-'));
	try {
		const file = join(folder, 'sweep.json');
		writeFileSync(file, textOf('sweep-idle-cash.json'));
		const command = [join(root, 'tools/base/command.js'), 'moveWorkflow', file, '--to', 'n8n-nodes-finvis'];
		const output = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
		expect(output).toMatch(/\d+ node types renamed to n8n-nodes-finvis/);
		expect(output).toContain(`does not have ${BOTH}.fondo`);
		expect(readFileSync(file, 'utf8')).toBe(move(textOf('sweep-idle-cash.json'), 'n8n-nodes-finvis').text);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
