import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import type { Fields } from '../fields/field';
import { isPermanent } from '../http/errors';
import { isRehearsed } from '../writes/rehearsal';
import type { ResultContext, ResultMode } from './resultMode';

export const MINUTE_MS = 60_000;
/** The shortest wait: how often a workflow that waits in a loop reads again what it waits for. */
export const LEAST_WAIT_MS = 5 * MINUTE_MS;

/** What an operation waits for. */
export interface Waiting {
	readonly fields: Fields;
	/** The ID, and further fields that the items have whatever the API shows. */
	readonly identityOf: (call: ResultContext) => IDataObject & { readonly id: string };
	readonly read: (call: ResultContext) => Promise<IDataObject>;
	/** The outcome with what else the item says of it; undefined while the wait goes on. Throws a UserError for a wait that cannot end. */
	readonly endOf: (object: IDataObject, call: ResultContext) => (IDataObject & { readonly outcome: string }) | undefined;
	/** Until when to wait, in milliseconds since 1970, and what the item that n8n then passes on says of it. */
	readonly pauseOf: (object: IDataObject, call: ResultContext) => { readonly until: number; readonly passedOn: IDataObject };
	/** Whether the incoming item has waited here before. */
	readonly hasWaited: (item: IDataObject, call: ResultContext) => boolean;
	/** What a rehearsed object has become: no API ever acts on it. */
	readonly rehearsed: (call: ResultContext) => IDataObject;
}

const pause = async (context: IExecuteFunctions, until: number) => await context.putExecutionToWait(new Date(until));

/** One item when the wait has ended, with its outcome. Until then the execution waits in n8n's database and holds no worker. */
export const waiting = (what: Waiting): ResultMode => ({
	fields: what.fields,
	keeps: ['clientId', 'outcome', 'outcomeMessage', 'waitingSince'],
	waits: true,
	execute: async (call) => {
		const { context, select } = call;
		const own = what.identityOf(call);
		const [item] = context.getInputData();
		// An execution that has waited before keeps waiting when the API is out of reach, instead of failing after days.
		const hasWaited = item.json.id === own.id && what.hasWaited(item.json, call);
		const read = await what
			.read(call)
			.catch(async (error: unknown) => (hasWaited && !isPermanent(error) ? undefined : await Promise.reject(error)));
		if (read === undefined) {
			await pause(context, clock.now() + LEAST_WAIT_MS);
			return [{ json: select({ ...item.json, outcome: 'waiting' }) }];
		}
		const object = { ...read, ...own };
		if (isRehearsed(own.id)) return [{ json: select({ ...object, ...what.rehearsed(call) }) }];
		const end = what.endOf(object, call);
		if (end !== undefined) return [{ json: select({ ...object, ...end }) }];
		const { until, passedOn } = what.pauseOf(object, call);
		// When the time is over, n8n (2.41) does not execute the node again: it passes on the input item.
		item.json = { ...object, ...passedOn };
		await pause(context, until);
		return [{ json: select({ ...object, ...passedOn, outcome: 'waiting' }) }];
	},
});
