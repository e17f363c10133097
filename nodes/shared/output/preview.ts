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
}

/** Fields of the whole call, and what the API has under the reference, are checked by the write itself, up to the send. */
async function rehearse({ isComplete, calls, client }: Preview): Promise<{ isFound: boolean[]; stop?: Omit<Finding, 'message'> }> {
	const isFound: boolean[] = [];
	if (!isComplete) return { isFound };
	try {
		for (const { request } of calls()) isFound.push((await client(request)).outcome === 'found');
		return { isFound };
	} catch (error) {
		const { message, description } = error as Error & { description?: string | null };
		return { isFound, stop: { rule: message, advice: description ?? '', severity: 'stop' } };
	}
}

/**
 * The items of a preview. The first has `go` (whether the write would go through) and the totals, and there is one more for each
 * finding, paired with the item of its row. Sends nothing.
 */
export async function previewOf(preview: Preview): Promise<INodeExecutionData[]> {
	const { totals, findings, items, select } = preview;
	const { isFound, stop } = await rehearse(preview);
	const all: ReadonlyArray<Omit<Finding, 'message'>> = [...findings, ...(stop ? [stop] : [])];
	const stops = all.filter(({ severity }) => severity === 'stop').length;
	const go = stops === 0;
	const { severity, ...said } = verdict(stops, all.length - stops, isFound);
	const summary = {
		go,
		severity,
		row: null,
		field: null,
		seen: null,
		...said,
		...totals,
		stops,
		warnings: all.length - stops,
	};
	return [
		{ json: select(summary) },
		...all.map(({ row = null, field = null, seen = null, rule, advice, severity }) => ({
			json: select({ go, severity, row, field, seen, rule, advice }),
			...(row === null ? {} : { pairedItem: { item: items[row - 1] } }),
		})),
	];
}

function verdict(stops: number, warnings: number, isFound: readonly boolean[]): IDataObject {
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
