import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { resources as finvis } from '../../nodes/Finvis/resources';
import { resources as fondo } from '../../nodes/Fondo/resources';
import type { Operation } from '../../nodes/shared/operation';
import type { Resource } from '../../nodes/shared/resource';
import { collectionNameOf, mainFieldsOf, optionalFieldsOf } from '../../nodes/shared/resource';
import { root } from './markdown';

const APIS = { Finvis: finvis, Fondo: fondo };
const all: Resource[] = Object.values(APIS).flatMap((resources) => Object.values(resources));

type Values = Record<string, NodeParameterValueType>;
type Property = Omit<INodeProperties, 'name'>;

/** The stored value of the option with this label. */
export function optionOf({ displayName, options = [] }: Property, label: string): NodeParameterValueType {
	const found = options.find((option) => 'value' in option && option.name === label);
	if (found === undefined || !('value' in found)) throw new Error(`The field '${displayName}' has no option '${label}'`);
	return found.value;
}

/** What a cell of the page puts into a field: the **option** or the `text` that it begins with; undefined when it describes the value. */
function valueOf(cell: string, property: Property): NodeParameterValueType | undefined {
	const [, option, code] = /^(?:\*\*([^*]+)\*\*|`([^`]+)`)/.exec(cell) ?? [];
	if (option !== undefined) return optionOf(property, option);
	return code?.startsWith('{{') ? `=${code}` : code;
}

function operationOf(api: keyof typeof APIS, resource: string, operation: string): Operation {
	return APIS[api][resource].operations[operation];
}

/** Whether a panel has the resource and the operation that the page names, such as `Finvis: Report, Get Positions`. */
const isInPanel = (api: keyof typeof APIS | undefined, resource: string, operation: string | undefined) => {
	const named = (api === undefined ? all : Object.values(APIS[api])).filter(({ name }) => name === resource);
	return named.some(({ operations }) => operation === undefined || Object.values(operations).some(({ name }) => name === operation));
};

/** One `##` section of docs/cookbook.md. */
export class Recipe {
	private readonly unused: Set<string>;

	constructor(
		readonly title: string,
		readonly text: string,
	) {
		this.unused = new Set([...text.matchAll(/`(\{\{[^`]+\}\}|[^`{]*\{\{[^`]+)`/g)].map(([, expression]) => expression));
	}

	/** The columns of a table by their heads; each has its cells by the first cell of their row. */
	columns(table: number): Record<string, Record<string, string>> {
		const [heads, , ...rows] = (this.text.match(/(?:^\|.*\n?)+/gm) ?? [])[table].trim().split('\n').map(cellsOf);
		const columnOf = (column: number) => Object.fromEntries(rows.map((cells) => [plain(cells[0]), cells[column]]));
		return Object.fromEntries(heads.slice(1).map((head, index) => [plain(head), columnOf(index + 1)]));
	}

	/** The expression of the page that contains this text, as n8n stores it. `today` takes the place of `$today`. */
	expression(part: string, today?: string): string {
		const found = [...this.text.matchAll(/`([^`]*\{\{[^`]+)`/g)].map(([, expression]) => expression).filter((one) => one.includes(part));
		if (new Set(found).size !== 1) throw new Error(`${found.length} expressions of '${this.title}' contain '${part}'`);
		this.unused.delete(found[0]);
		return `=${today === undefined ? found[0] : found[0].replaceAll('$today', `DateTime.fromISO('${today}')`)}`;
	}

	/** A text that the page writes as code, such as a value or the name of a field of an answer. */
	code(text: string): string {
		if (!this.text.includes(`\`${text}\``)) throw new Error(`'${this.title}' does not say \`${text}\``);
		return text;
	}

	/** Words of the page on which a test relies. */
	says(words: string): void {
		if (!this.text.includes(words)) throw new Error(`'${this.title}' does not say '${words}'`);
	}

	/**
	 * The parameters of an operation as a table of the page fills them: labels of fields with an option, a text or an expression.
	 * `given` has the values that the page describes in words, by the label of the field.
	 */
	parameters(
		api: keyof typeof APIS,
		resource: string,
		operation: string,
		cells: Record<string, string>,
		given: Values = {},
	): INodeParameters {
		const { perRow = {} } = operationOf(api, resource, operation);
		const main = { ...mainFieldsOf(operationOf(api, resource, operation)), ...perRow };
		const optional = optionalFieldsOf(operationOf(api, resource, operation));
		const byLabel = (label: string) => {
			for (const fields of [main, optional]) {
				const found = Object.entries(fields).find(([, { property }]) => property.displayName === label);
				if (found !== undefined) return { name: found[0], property: found[1].property, isMain: fields === main };
			}
			throw new Error(`'${this.title}' names the field '${label}', which the operation '${operation}' does not have`);
		};
		const parameters: Record<string, NodeParameterValueType> = {};
		const collection: Record<string, NodeParameterValueType> = {};
		const labels = Object.entries(cells).flatMap(([cell, value]) => cell.split(', ').map((label): [string, string] => [label, value]));
		for (const [label, cell] of labels) {
			const { name, property, isMain } = byLabel(label);
			const value = given[label] ?? valueOf(cell, property);
			if (value === undefined) throw new Error(`The test gives no value for '${label}', which '${this.title}' describes in words`);
			for (const [, expression] of cell.matchAll(/`(\{\{[^`]+)`/g)) this.unused.delete(expression);
			(isMain ? parameters : collection)[name] = value;
		}
		return { ...parameters, [collectionNameOf(operationOf(api, resource, operation))]: collection } as INodeParameters;
	}

	/** Expressions of the page that the test has not run. */
	get notRun(): string[] {
		return [...this.unused];
	}

	/** Operations that the page names and the panels do not have. */
	get unknownOperations(): string[] {
		const nodes = [...this.text.matchAll(/(?<!\*)\*(Finvis|Fondo): ([^,*]+)(?:, ([^*]+))?\*(?!\*)/g)];
		const operations = [...this.text.matchAll(/(?<!\*)\*([A-Z][\w ()]+): ([A-Z][\w ]+)\*(?!\*)/g)].filter(
			([, resource]) => !(resource in APIS),
		);
		return [
			...nodes.filter(([, api, resource, operation]) => !isInPanel(api as keyof typeof APIS, resource, operation)),
			...operations.filter(([, resource, operation]) => !isInPanel(undefined, resource, operation)),
		].map(([name]) => name);
	}
}

const plain = (cell: string) =>
	cell
		.replace(/\*/g, '')
		.replace(/ \(Additional Fields\)$/, '')
		.trim();
const cellsOf = (row: string) =>
	row
		.replace(/^\||\|$/g, '')
		.split(/ ?(?<!\\)\| ?/)
		.map((cell) => cell.trim());

/** The recipes of the cookbook by their titles. */
export function recipes(): Map<string, Recipe> {
	const page = readFileSync(join(root, 'docs', 'cookbook.md'), 'utf8');
	const [, ...sections] = page.split(/^## /m);
	return new Map(
		sections.map((section) => {
			const [title] = section.split('\n');
			return [title, new Recipe(title, section.slice(title.length))];
		}),
	);
}
