import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { UserError } from '../core/userError';
import { choice } from '../fields/choice';
import type { Field } from '../fields/field';
import type { ResultContext, ResultMode } from './resultMode';
import type { Waiting } from './waiting';
import { MINUTE_MS, waiting } from './waiting';

const HOUR_MS = 60 * MINUTE_MS;
/** A day and a year: JavaScript has no dates some thousand times further away. */
const MOST_MINUTES = 1_440;
const MOST_HOURS = 8_760;

const between = (label: string, description: string, initial: number, least: number, most: number): Field<number> => ({
	property: { displayName: label, type: 'number', default: initial, typeOptions: { minValue: least, maxValue: most }, description },
	example: initial,
	read: (value) => {
		const number = Number(value);
		return number >= least && number <= most
			? number
			: new UserError(`'${String(value)}' is not a number from ${least} to ${most}`, `Give a number such as ${initial}.`);
	},
});

const lookEvery = between(
	'Look Every (Minutes)',
	"How long the execution pauses between two looks. After each pause the item has the outcome 'waiting': lead that back to this node.",
	60,
	1,
	MOST_MINUTES,
);

const waitLimit = between(
	'Wait at Most (Hours)',
	"After this time since the first look the item has the outcome 'timeout'",
	336,
	1,
	MOST_HOURS,
);

/** How an object comes to the status that is waited for. */
export interface StatusWait<T extends string> extends Pick<Waiting, 'identityOf' | 'read'> {
	/** As a message calls the object, e.g. `The batch`. */
	readonly what: string;
	/** Statuses to wait for by stored value: the label, and every word of an API that says that it is reached. */
	readonly statuses: Readonly<Record<T, { readonly label: string; readonly reached: RegExp }>>;
	readonly initial: NoInfer<T>;
	/** Whether no further status will come. */
	readonly isDead: (object: IDataObject) => boolean;
}

/** n8n goes on behind the node after each pause, so something must lead back to it: else what follows acts before its time. */
function requireWayBack(context: IExecuteFunctions) {
	const { name } = context.getNode();
	const after = new Set(context.getChildNodes(name).map((child) => child.name));
	if (context.getParentNodes(name).some((parent) => after.has(parent.name))) return;
	throw new UserError(
		`Nothing leads back to '${name}'`,
		"After each look n8n goes on with the node that follows. Put an If node there: where 'outcome' is 'waiting' it leads back to this node, else it goes on. Then what follows acts only when the wait has ended.",
	);
}

const shown = ({ status }: IDataObject) => String(status ?? '').trim();

/** One item when the object has reached a status, can never reach it, or the time is over. */
export function untilStatus<T extends string>({ what, statuses, initial, isDead, identityOf, read }: StatusWait<T>): ResultMode {
	const names = Object.keys(statuses) as T[];
	const status = choice<T>({
		label: 'Until Status',
		description: 'The status to wait for. A later one ends the wait, too.',
		options: Object.fromEntries(names.map((name) => [name, statuses[name].label])) as Record<T, string>,
		initial,
	});
	const wanted = ({ values }: ResultContext) => statuses[values.untilStatus as T];
	const nowMs = () => clock.now();

	const hasWaited = (item: IDataObject) => item.outcome === 'waiting';
	/** When this wait began: the item brings it along when it comes back. */
	const sinceOf = ({ context }: ResultContext, { id }: IDataObject) => {
		const [{ json }] = context.getInputData();
		const since = json.id === id && hasWaited(json) ? Date.parse(String(json.waitingSince)) : NaN;
		return Number.isNaN(since) ? nowMs() : since;
	};
	const limitOf = (call: ResultContext, object: IDataObject) => sinceOf(call, object) + Number(call.values.waitLimit) * HOUR_MS;

	return waiting({
		fields: { untilStatus: status, lookEvery, waitLimit },
		identityOf,
		read,
		hasWaited: (item, call) => hasWaited(item) && nowMs() < limitOf(call, item),
		rehearsed: ({ values }) => ({ status: values.untilStatus as string, outcome: 'reached' }),
		endOf: (object, call) => {
			const { label, reached } = wanted(call);
			const status = shown(object);
			if (reached.test(status)) return { outcome: 'reached', outcomeMessage: `${what} has the status '${status}'.` };
			if (isDead(object))
				return { outcome: 'failed', outcomeMessage: `${what} has the status '${status}' and will never be ${label.toLowerCase()}.` };
			if (nowMs() >= limitOf(call, object))
				return {
					outcome: 'timeout',
					outcomeMessage: `After ${String(call.values.waitLimit)} hours ${what.toLowerCase()} has the status '${status}'.`,
				};
			requireWayBack(call.context);
			return undefined;
		},
		pauseOf: (object, call) => ({
			until: Math.min(nowMs() + Number(call.values.lookEvery) * MINUTE_MS, Math.max(limitOf(call, object), nowMs() + MINUTE_MS)),
			passedOn: { outcome: 'waiting', waitingSince: new Date(sinceOf(call, object)).toISOString() },
		}),
	});
}
