// Runs on the Node of n8n, which has SQLite: looks into n8n's database while n8n runs.
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Written } from './messages';

const TABLE = 'bench_written';
/** As n8n hashes a value that Remove Duplicates remembers. */
const newHash = () => randomBytes(16).toString('base64');

const [file, task, workflow, count = '0'] = process.argv.slice(2);
const database = new DatabaseSync(file, { timeout: 30_000 });

/** Makes n8n's database note the size of each row of the memory that n8n writes. */
function watch(): void {
	database.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (workflow text, bytes integer)`);
	for (const event of ['INSERT', 'UPDATE'])
		database.exec(`CREATE TRIGGER IF NOT EXISTS ${TABLE}_${event} AFTER ${event} ON processed_data
			BEGIN INSERT INTO ${TABLE} VALUES (new.workflowId, length(new.value)); END`);
}

/** Fills the memory of the workflow's node up to this many marks, and begins to count. */
function fill(): void {
	const rows = database.prepare('SELECT context, value FROM processed_data WHERE workflowId = ?').all(workflow);
	for (const { context, value } of rows) {
		const { mode, data }: { mode: string; data: string[] } = JSON.parse(String(value));
		const filled = [...Array.from({ length: Math.max(0, Number(count) - data.length) }, newHash), ...data];
		const update = database.prepare('UPDATE processed_data SET value = ? WHERE workflowId = ? AND context = ?');
		update.run(JSON.stringify({ mode, data: filled }), workflow, context);
	}
	database.prepare(`DELETE FROM ${TABLE} WHERE workflow = ?`).run(workflow);
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function read(): Written {
	const { size = 0 } = statSync(`${file}-wal`, { throwIfNoEntry: false }) ?? {};
	const rows = database.prepare(`SELECT bytes FROM ${TABLE} WHERE workflow = ?`).all(workflow);
	return { rows: rows.map(({ bytes }) => Number(bytes)), log: size };
}

/** Makes n8n's database note the size of what a workflow stores between its executions, each time n8n writes it. */
function watchState(): void {
	database.exec(`CREATE TABLE IF NOT EXISTS ${TABLE}_state (workflow text, bytes integer)`);
	database.exec(`CREATE TRIGGER IF NOT EXISTS ${TABLE}_state_update AFTER UPDATE OF staticData ON workflow_entity
		BEGIN INSERT INTO ${TABLE}_state VALUES (new.id, length(new.staticData)); END`);
	database.prepare(`DELETE FROM ${TABLE}_state WHERE workflow = ?`).run(workflow);
}

const readState = () =>
	database
		.prepare(`SELECT bytes FROM ${TABLE}_state WHERE workflow = ?`)
		.all(workflow)
		.map(({ bytes }) => Number(bytes));

const tasks: Readonly<Record<string, () => unknown>> = { watch, fill, read, watchState, readState };
process.stdout.write(JSON.stringify(tasks[task]() ?? null));
database.close();
