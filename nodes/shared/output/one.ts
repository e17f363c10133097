import { isRead } from '../transport/call';
import { jsonOf } from './json';
import type { Output } from './output';
import { receiptOf } from './receipt';

/** One object, one item; a write adds its receipt. */
export const one: Output = {
	fields: {},
	read: async ({ client, request, select }) => {
		const answer = await client(request);
		const json = jsonOf(answer.body);
		return [{ json: select(isRead(request) ? json : { ...json, receipt: receiptOf(request, answer) }) }];
	},
};
