import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Finding } from '../fields/field';
import type { ApiRequest, SendRequest } from '../http/request';

interface Preview {
	/** What the first item says of all rows together. */
	readonly totals: IDataObject;
	readonly findings: readonly Finding[];
	readonly isComplete: boolean;
	/** Only where all values could be read. */
	readonly calls: () => ReadonlyArray<{ readonly request: ApiRequest }>;
	/** A client that sends no write. */
	readonly client: SendRequest;
	/** The items of the rows, the first first. */
	readonly items: readonly number[];
	readonly select: (json: IDataObject) => IDataObject;
	/** Shows a sentence above the output. */
	readonly hint: (text: string) => void;
}

type Line = Omit<Finding, 'message' | 'severity'> & { readonly severity: Finding['severity'] | 'ok' };

/** Fields of the whole call, and what the API has under the reference, are checked by the write itself, up to the send. */
async function rehearse({ isComplete, calls, client }: Preview): Promise<{ isFound: boolean[]; said: Line[] }> {
	const isFound: boolean[] = [];
	const said: Line[] = [];
	if (!isComplete) return { isFound, said };
	try {
		for (const { request } of calls()) {
			for (const rule of request.remarks ?? []) said.push({ rule, advice: '', severity: 'ok' });
			isFound.push((await client(request)).outcome === 'found');
		}
	} catch (error) {
		const { message, description } = error as Error & { description?: string | null };
		said.push({ rule: message, advice: description ?? '', severity: 'stop' });
	}
	return { isFound, said };
}

/**
 * The items of a preview. The first has `go` (whether the write would go through) and the totals, and there is one more for each
 * finding, paired with the item of its row, and for what the node would change, such as a day. Sends nothing.
 */
export async function previewOf(preview: Preview): Promise<INodeExecutionData[]> {
	const { totals, findings, items, select, hint } = preview;
	const { isFound, said } = await rehearse(preview);
	const all: readonly Line[] = [...findings, ...said];
	const count = (severity: Line['severity']) => all.filter((line) => line.severity === severity).length;
	const [stops, warnings] = [count('stop'), count('warning') + (isFound.includes(true) ? 1 : 0)];
	const go = stops === 0;
	const { severity, ...summed } = verdict(stops, warnings, isFound);
	if (!go || isFound.includes(true)) hint(`${summed.rule}.`);
	const summary = {
		go,
		severity,
		row: null,
		field: null,
		seen: null,
		...summed,
		...totals,
		stops,
		warnings,
	};
	return [
		{ json: select(summary) },
		...all.map(({ row = null, field = null, seen = null, rule, advice, severity }) => ({
			json: select({ go, severity, row, field, seen, rule, advice }),
			...(row === null ? {} : { pairedItem: { item: items[row - 1] } }),
		})),
	];
}

function verdict(stops: number, warnings: number, isFound: readonly boolean[]): Pick<Line, 'severity' | 'rule' | 'advice'> {
	if (stops > 0)
		return {
			severity: 'stop',
			rule: `The node would send nothing: ${stops === 1 ? 'one finding stops' : `${stops} findings stop`} it`,
			advice: 'Correct what the items with the severity stop say, and check again.',
		};
	const found = isFound.filter(Boolean).length;
	if (found > 0 && found < isFound.length)
		return {
			severity: 'warning',
			rule: `${found} of ${isFound.length} batches were sent before: the node would send the others, and return what is there`,
			advice: 'If all of these are new payments, give them a new reference.',
		};
	if (found > 0)
		return {
			severity: 'warning',
			rule: 'It was sent before: the node would send nothing, and return what is there',
			advice: 'If these are new payments, give them a new reference.',
		};
	return {
		severity: warnings > 0 ? 'warning' : 'ok',
		rule: 'The node would send this',
		advice: warnings > 0 ? 'Read the items with the severity warning before you send it.' : '',
	};
}
