/**
 * The least that a node reading a list can be: the credential once, n8n's helper and JSON.parse for each page, an item for each row. What it
 * takes n8n itself takes.
 */
class BareList {
	description = {
		displayName: 'Bare List',
		name: 'bareList',
		group: ['input'],
		version: 1,
		description: 'Reads a list whole, page by page',
		defaults: { name: 'Bare List' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'fondoApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Size', name: 'size', type: 'number', default: 1000 },
		],
	};

	async execute() {
		const [url, size] = ['url', 'size'].map((name) => this.getNodeParameter(name, 0));
		const data = await this.getCredentials('fondoApi');
		const known = { credentialsDecrypted: { id: '', name: '', type: 'fondoApi', data } };
		const items = [];
		for (let start; ;) {
			const options = { url, qs: { limit: size, ...(start && { start }) }, encoding: 'text' };
			const page = JSON.parse(await this.helpers.httpRequestWithAuthentication.call(this, 'fondoApi', options, known));
			const news = page.filter(({ sortedId }) => start === undefined || sortedId > start);
			if (news.length === 0) return [items];
			for (const json of news) items.push({ json, pairedItem: 0 });
			start = news.at(-1).sortedId;
		}
	}
}

module.exports = { BareList };
