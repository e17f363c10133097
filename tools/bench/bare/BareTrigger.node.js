/** The least that a trigger of an event stream can be: no reconnecting, no memory, no order. What it does is what n8n itself can do. */
class BareTrigger {
	description = {
		displayName: 'Bare Trigger',
		name: 'bareTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Hands each new transaction of an event stream to n8n',
		defaults: { name: 'Bare Trigger' },
		inputs: [],
		outputs: ['main'],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Token', name: 'token', type: 'string', default: '' },
		],
	};

	async trigger() {
		const socket = new WebSocket(this.getNodeParameter('url'), {
			headers: { authorization: `Bearer ${this.getNodeParameter('token')}` },
		});
		socket.addEventListener('message', ({ data }) => {
			const event = JSON.parse(data);
			if (event.eventType === 'transaction.create') this.emit([[{ json: event }]]);
		});
		return { closeFunction: async () => socket.close() };
	}
}

module.exports = { BareTrigger };
