import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../base/project';
import { chart } from './chart';
import type { JobResult } from './job';

const DOCUMENT = join(projectRoot, 'docs', 'performance.md');
const CHART = join(projectRoot, 'docs', 'images', 'performance.svg');
const FROM = '<!-- written by npm run bench -->';
const TO = '<!-- end of what npm run bench writes -->';

const table = (rows: JobResult['table']) =>
	[rows[0], rows[0].map(() => '---'), ...rows.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** All results as Markdown: the goals, and then the table of each job. */
export function markdown(results: readonly JobResult[], conditions: string): string {
	const goals = results.flatMap(({ title, verdicts }) =>
		verdicts.map(({ goal, measured, reached }, index) => [index === 0 ? title : '', goal, measured, reached ? 'yes' : '**no**']),
	);
	return [
		conditions,
		table([['job', 'must reach', 'measured', 'reached'], ...goals]),
		'![The same as bars](images/performance.svg)',
		...results.map((result) => `### ${result.title}\n\n${table(result.table)}`),
	].join('\n\n');
}

/** Writes the results between the marks of docs/performance.md, and the chart into docs/images. */
export function writeReport(results: readonly JobResult[], conditions: string): void {
	const text = readFileSync(DOCUMENT, 'utf8');
	const [before, after] = [text.slice(0, text.indexOf(FROM) + FROM.length), text.slice(text.indexOf(TO))];
	writeFileSync(DOCUMENT, `${before}\n\n${markdown(results, conditions)}\n\n${after}`);
	writeFileSync(CHART, chart(results));
}
