import type { INodeProperties } from 'n8n-workflow';
import type { Fields } from '../../nodes/shared/fields/field';
import type { Operation } from '../../nodes/shared/operation';
import { collectionNameOf, isWrite, optionalFieldsOf, mainFieldsOf } from '../../nodes/shared/resource';

interface Row {
	readonly name: string;
	readonly need: string;
	readonly about: string;
}

const sentence = (text = '') => (text === '' || /[.?!]$/.test(text) ? text : `${text}.`);
const cell = (text: string) =>
	text
		.replace(/<a href="([^"]+)">([^<]+)<\/a>/g, '[$2]($1)')
		.replace(/\|/g, '\\|')
		.replace(/\n/g, ' ');

/** The choices of a menu, in words of the panel. */
const choices = ({ type, options = [] }: Omit<INodeProperties, 'name'>) =>
	(type === 'options' || type === 'multiOptions') && options.length > 0
		? `One of: ${options.map((option) => ('displayName' in option ? option.displayName : option.name)).join(', ')}.`.replace('….', '…')
		: '';

/** The columns of a table that is filled in row by row. */
function columns({ type, options = [] }: Omit<INodeProperties, 'name'>): INodeProperties[] {
	if (type !== 'fixedCollection') return [];
	return options.flatMap((option) => ('values' in option ? option.values : []));
}

const labelOf = (fields: Fields, name: string) => fields[name]?.property.displayName ?? name;

function condition(fields: Fields, visibleWhen: Fields[string]['visibleWhen'] = {}): string {
	const words = Object.entries(visibleWhen).map(([name, values]) => {
		const options = fields[name]?.property.options ?? [];
		const named = values.map((value) => {
			const option = options.find((one) => 'value' in one && one.value === value);
			return option && 'name' in option ? option.name : String(value);
		});
		return `*${labelOf(fields, name)}* is ${named.join(' or ')}`;
	});
	return words.length === 0 ? '' : `when ${words.join(' and ')}`;
}

function rowsOf(fields: Fields, need: (required: boolean) => string): Row[] {
	return Object.values(fields).flatMap(({ property, visibleWhen: visibleWhen }) => [
		{
			name: `**${property.displayName}**`,
			need: [need(property.required === true), condition(fields, visibleWhen)].filter(Boolean).join(', '),
			about: [sentence(property.description), choices(property)].filter(Boolean).join(' '),
		},
		...columns(property).map((column) => ({
			name: `${property.displayName}: **${column.displayName}**`,
			need: column.required === true ? 'required' : 'optional',
			about: [sentence(column.description), choices(column)].filter(Boolean).join(' '),
		})),
	]);
}

const table = (rows: readonly Row[]) =>
	['| Field | | |', '| --- | --- | --- |', ...rows.map(({ name, need, about }) => `| ${name} | ${need} | ${cell(about)} |`)].join('\n');

const plainly = (required: boolean) => (required ? 'required' : 'optional');

/** Explained once for all operations of a node. */
const EVERYWHERE = ['returnAll', 'limit', 'processInPages', 'startAfter', 'simplify', 'rawBody', 'ifSentBefore', 'referenceScope'];

/** What one operation asks for, as the panel of the node has it. Fields that many operations share are only named. */
export function operationSection(operation: Operation): string {
	const { name, description, fields, perRow = {}, output, optional } = operation;
	const shared = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation) };
	const also = Object.entries(shared).filter(([key]) => EVERYWHERE.includes(key));
	const ofOutput = Object.fromEntries(Object.entries(output.fields).filter(([key]) => !EVERYWHERE.includes(key)));
	const ofTable = Object.fromEntries(Object.entries(shared).filter(([key]) => ['fillFields', 'columns'].includes(key)));
	const collection = collectionNameOf(operation) === 'filters' ? 'Filters' : 'Additional Fields';
	const sorted = Object.fromEntries(
		Object.entries(optional).sort(([, a], [, b]) => a.property.displayName.localeCompare(b.property.displayName)),
	);
	const rows = [
		...rowsOf({ ...fields, ...ofTable, ...ofOutput }, plainly),
		...rowsOf(perRow, (required) => `${plainly(required)}, from every item`),
		...rowsOf(sorted, () => `under *${collection}*`),
	];
	return [
		`### ${name}`,
		`${sentence(description)} ${isWrite(operation) ? 'Writes.' : output.waits ? 'Reads, and waits.' : 'Reads.'}`,
		rows.length === 0 ? 'It asks for nothing of its own.' : table(rows),
		also.length === 0
			? ''
			: `[As everywhere](README.md#what-all-operations-share): ${also.map(([, { property }]) => `*${property.displayName}*`).join(', ')}.`,
	]
		.filter(Boolean)
		.join('\n\n');
}

/** For some choices of another field only, as triggers say it to n8n. */
function shownIf(all: readonly INodeProperties[], { displayOptions: { show = {} } = {} }: INodeProperties): string {
	const words = Object.entries(show).map(([name]) => `*${all.find((other) => other.name === name)?.displayName ?? name}* asks for it`);
	return words.length === 0 ? '' : `when ${words.join(' and ')}`;
}

/** What a trigger asks for, as its panel has it. */
export function triggerTable(properties: readonly INodeProperties[]): string {
	const row = (property: INodeProperties, need: string): Row => ({
		name: `**${property.displayName}**`,
		need,
		about: [sentence(property.description), choices(property)].filter(Boolean).join(' '),
	});
	return table(
		properties
			.filter(({ type }) => type !== 'notice')
			.flatMap((property) =>
				property.type === 'collection'
					? (property.options ?? []).flatMap((option) => ('type' in option ? [row(option, `under *${property.displayName}*`)] : []))
					: [row(property, [plainly(property.required === true), shownIf(properties, property)].filter(Boolean).join(', '))],
			),
	);
}
