import { isRead } from '../http/request';
import { jsonOf } from './json';
import type { ResultMode } from './resultMode';
import { receiptOf } from './receipt';

/** One object, one item; a write adds its receipt. */
export const one: ResultMode = {
	fields: {},
	execute: async ({ client, request, select }) => {
		const answer = await client(request);
		const json = jsonOf(answer.body);
		return [{ json: select(isRead(request) ? json : { ...json, receipt: receiptOf(request, answer) }) }];
	},
};
