import type { INodeType, INodeTypeDescription, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

/** The smallest trigger of an event stream: it does not reconnect, remember or order. What it costs is n8n's own cost. */
export class BareTrigger implements INodeType {
	description: INodeTypeDescription = {
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

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const socket = new WebSocket(String(this.getNodeParameter('url')), {
			headers: { authorization: `Bearer ${String(this.getNodeParameter('token'))}` },
		});
		socket.addEventListener('message', ({ data }) => {
			const event = JSON.parse(String(data));
			if (event.eventType === 'transaction.create') this.emit([[{ json: event }]]);
		});
		return { closeFunction: async () => socket.close() };
	}
}
