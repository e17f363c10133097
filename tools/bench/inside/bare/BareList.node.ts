import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

interface Row extends IDataObject {
	readonly sortedId: string;
}

/**
 * The smallest node that reads a whole list: it reads the credential once, and calls n8n's helper and JSON.parse for each page. What it costs
 * is n8n's own cost.
 */
export class BareList implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bare List',
		name: 'bareList',
		group: ['input'],
		version: 1,
		description: 'Reads a whole list, page by page',
		defaults: { name: 'Bare List' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'fondoApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Size', name: 'size', type: 'number', default: 1000 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [url, size] = ['url', 'size'].map((name) => String(this.getNodeParameter(name, 0)));
		const data = await this.getCredentials('fondoApi');
		const known = { credentialsDecrypted: { id: '', name: '', type: 'fondoApi', data } };
		const items: INodeExecutionData[] = [];
		for (let start: string | undefined; ;) {
			const options: IHttpRequestOptions = { url, qs: { limit: size, ...(start && { start }) }, encoding: 'text' };
			const page: Row[] = JSON.parse(await this.helpers.httpRequestWithAuthentication.call(this, 'fondoApi', options, known));
			const fresh = page.filter(({ sortedId }) => start === undefined || sortedId > start);
			if (fresh.length === 0) return [items];
			for (const json of fresh) items.push({ json, pairedItem: 0 });
			start = fresh[fresh.length - 1].sortedId;
		}
	}
}
