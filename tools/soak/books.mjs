import { verdictOnNew } from './verdict.mjs';
import { webhooksOf } from './webhooks.mjs';

const counted = (values) => {
	const once = new Set(values);
	return { count: values.length, doubles: values.length - once.size };
};

/** The webhooks for which n8n has run the workflow, one for each run. */
export const runsOf = async (told) => (await told.read()).flatMap(({ items }) => items.map(({ delivery }) => delivery.id));

/** A row of the books: what was asked for, what n8n says, what the ledger says; they must be equal, without doubles. */
const row = (what, asked, n8n, ledger, doubles) => ({
	what,
	asked,
	n8n,
	ledger,
	doubles,
	isRight: asked === n8n && n8n === ledger && doubles === 0,
});

function rowOfLane(lane, entries) {
	const mine = entries.filter(({ reference }) => reference.startsWith(`${lane.name}-`)).map(({ reference }) => reference);
	const { count, doubles } = counted(mine);
	return row(lane.name, lane.asked.length, lane.done.length, count, doubles);
}

async function rowOfWebhooks(sandbox, told) {
	const { sent, arrived } = await webhooksOf(sandbox);
	const { count, doubles } = counted(await runsOf(told));
	return row('webhooks', sent.size, count - doubles, arrived.size, doubles);
}

async function rowOfStream(streamed, made) {
	const { events, delivered, losses, doubles, strangers } = verdictOnNew(await streamed.read(), made);
	return row('stream events', events, delivered - strangers, events - losses, doubles);
}

/** Compares what was asked for with what n8n did and with the sandbox's own ledger. */
export async function booksOf({ sandbox }, { lanes, told, streamed, made }) {
	const entries = await sandbox.ledger();
	return [...lanes.map((lane) => rowOfLane(lane, entries)), await rowOfWebhooks(sandbox, told), await rowOfStream(streamed, made)];
}
