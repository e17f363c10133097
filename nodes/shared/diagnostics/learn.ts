import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { text } from '../fields/text';
import type { Field, ValuesOf } from '../fields/field';
import type { Corrections, GivenCorrections } from '../http/corrections';
import { shownCorrections } from '../http/corrections';
import type { SendRequest } from '../http/request';
import type { Shapes } from '../http/shapes';
import type { ResultMode } from '../output/resultMode';
import type { Difference } from './compareShape';
import type { Effect } from './effects';
import { effectOf } from './effects';
import type { Opened } from './learnEnvelope';
import { openAnswer } from './learnEnvelope';
import type { LearnedRead } from './learnReads';
import { learnReads } from './learnReads';
import { safeNames, withoutMinorUnits } from './names';

/** What Learn Shapes knows of one API. */
export interface Learned {
	readonly shapes: Shapes;
	/** The largest number of reads. The description of the operation gives it. */
	readonly mostCalls: number;
	/** Fields that the nodes need: what they do without one. */
	readonly needs: Readonly<Record<string, Effect>>;
	/** Writes that the API only checks, after the reads; each has the route of the read whose object it answers with. */
	readonly checks?: (client: SendRequest, reads: readonly LearnedRead[]) => Promise<Array<LearnedRead & { readonly like: string }>>;
}

interface Item extends Difference {
	readonly operation: string;
	readonly effect: Effect['effect'] | 'unknown';
	readonly explanation: string;
	readonly correction?: Corrections;
}

/** Corrections as one. Where two give the same name another meaning, none of them is unambiguous. */
function merged(all: readonly Corrections[]): Corrections {
	const result: Record<string, Record<string, string>> = {};
	const unclear = new Set<string>();
	for (const one of all)
		for (const key of ['fields', 'filters', 'paging', 'envelope'] as const) {
			const names = one[key];
			if (typeof names !== 'object') continue;
			for (const [from, to] of Object.entries(names)) {
				result[key] ??= {};
				const isTwice = Object.entries(result[key]).some(([other, name]) => other !== from && name === to && key !== 'envelope');
				if ((result[key][from] ?? to) !== to || isTwice) unclear.add(`${key}.${from}`);
				else result[key][from] = to;
			}
		}
	for (const name of unclear) delete result[name.slice(0, name.indexOf('.'))]?.[name.slice(name.indexOf('.') + 1)];
	const minorUnits = [...new Set(all.flatMap((one) => one.minorUnits ?? []))].filter((name) => !unclear.has(`fields.${name}`));
	const envelope = all.find((one) => typeof one.envelope === 'string')?.envelope;
	const filled = Object.entries(result).filter(([, names]) => Object.keys(names).length > 0);
	return {
		...Object.fromEntries(filled),
		...(envelope === undefined ? {} : { envelope }),
		...(minorUnits.length > 0 ? { minorUnits } : {}),
	};
}

/** The correction that makes up for a difference, where only one can be meant. */
function correctionOf(route: string, { difference, field, vendorName }: Difference, envelope: string | undefined): Corrections | undefined {
	if (difference === 'envelope') return envelope === undefined ? undefined : { envelope: { [route]: envelope } };
	if (difference !== 'renamed' || field === undefined || vendorName === undefined) return undefined;
	return { fields: { [vendorName]: field }, ...(withoutMinorUnits(vendorName) === undefined ? {} : { minorUnits: [vendorName] }) };
}

const NOT_READ = { effect: 'unknown', explanation: 'Nothing is known of it.' } as const;

function itemsOf({ route, notRead }: LearnedRead, opened: Opened | undefined, needs: Learned['needs']): Item[] {
	if (opened === undefined)
		return [{ operation: route, path: '$', difference: 'not read', expected: 'an answer', seen: notRead ?? 'no answer', ...NOT_READ }];
	return opened.differences.map((difference) => {
		const correction = correctionOf(route, difference, opened.envelope);
		return {
			operation: route,
			...difference,
			...effectOf(difference, opened.isRefused === true, needs),
			...(correction && { correction }),
		};
	});
}

/** One item for each difference, without a value of an answer. `given` are the corrections that have been applied. */
export function differences(
	answers: readonly LearnedRead[],
	{ shapes, needs }: Pick<Learned, 'shapes' | 'needs'>,
	given: Corrections = {},
): Item[] {
	const isOpened = (route: string) => typeof given.envelope === 'string' || given.envelope?.[route] !== undefined;
	const safeName = safeNames(
		answers.map(({ body }) => body),
		shapes,
	);
	return answers.flatMap((answer) => {
		const like = 'like' in answer ? String(answer.like) : answer.route;
		const opened = answer.notRead === undefined ? openAnswer(shapes.routes[like], answer.body, { shapes, safeName }) : undefined;
		// The answer to a check may lack what only a placed object has.
		return itemsOf(answer, opened, needs).filter(
			({ difference, path }) =>
				(like === answer.route || !/missing|not seen/.test(difference)) &&
				!(difference === 'envelope' && path === '$.results' && isOpened(answer.route)),
		);
	});
}

function idsIn(shapes: Shapes) {
	const safeName = () => undefined;
	return (route: string, body: unknown): readonly string[] | undefined => {
		const { rows } = openAnswer(shapes.routes[route], body, { shapes, safeName });
		return rows?.flatMap((row) => {
			const { id } = (row ?? {}) as IDataObject;
			return (typeof id === 'string' && id !== '') || typeof id === 'number' ? [String(id)] : [];
		});
	};
}

const outputField = text({
	label: 'Output Data Field Name',
	description: 'The name of the output field to put the file in, which you can attach to a report',
	example: 'data',
});
const fields = { outputField: { ...outputField, property: { ...outputField.property, default: 'data' } } };

function summaryOf(items: readonly Item[], reads: number, given: GivenCorrections | undefined): IDataObject {
	const count = (wanted: (item: Item) => boolean) => {
		const { length } = items.filter(wanted);
		// A longer number could be a value of an answer.
		return length > 99 ? 'more than 99' : length;
	};
	const found = items.filter(({ difference }) => difference !== 'not read' && difference !== 'not seen');
	const proposed = found.flatMap(({ correction }) => correction ?? []);
	const corrections = merged([...(given ? [given] : []), ...proposed]);
	return {
		operation: 'all',
		difference: 'summary',
		seen: `${count((item) => found.includes(item))} differences, ${count(({ difference }) => difference === 'not seen')} optional fields not seen, ${count(({ difference }) => difference === 'not read')} of ${reads} reads without an answer`,
		effect: found.some(({ effect }) => effect === 'refuses') ? 'refuses' : 'works',
		explanation:
			proposed.length === 0
				? 'There is no correction to propose.'
				: "Put 'vendorCorrections' into 'Vendor Corrections (JSON)' of the credential, and run this again.",
		vendorCorrections: proposed.length === 0 ? '' : JSON.stringify(corrections),
		correctionsNow: given === undefined ? '' : shownCorrections(given),
	};
}

/** Result mode of Learn Shapes: first a summary with the file, then one item for each difference. `include` says whether to send checks. */
export const learned = (api: Learned, include: Readonly<Record<string, Field<boolean>>> = {}): ResultMode => ({
	fields: { ...include, ...fields },
	keeps: ['operation', 'path', 'difference'],
	execute: async ({ context, client, values, select, connectionOf, credential }) => {
		const { corrections } = connectionOf(await context.getCredentials(credential));
		const reads = await learnReads(client, api.shapes, api.mostCalls, idsIn(api.shapes));
		const isIncluded = Object.keys(include).some((name) => values[name] === true);
		const answers = [...reads, ...(isIncluded && api.checks ? await api.checks(client, reads) : [])];
		const items = differences(answers, api, corrections);
		const summary = summaryOf(items, answers.length, corrections);
		const { outputField: name } = values as ValuesOf<typeof fields>;
		const file = Buffer.from(`${JSON.stringify([summary, ...items], null, '\t')}\n`);
		const binary = { [name]: await context.helpers.prepareBinaryData(file, 'learned-shapes.json', 'application/json') };
		return [summary, ...items].map((item, index): INodeExecutionData => {
			const { correction, ...rest } = item as IDataObject;
			const json = select({ ...rest, ...(correction ? { correction: JSON.stringify(correction) } : {}) });
			return index === 0 ? { json, binary } : { json };
		});
	},
});
