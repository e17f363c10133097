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
	isRight: asked > 0 && asked === n8n && n8n === ledger && doubles === 0,
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

/** Of the money that arrived; orders make transactions, too. What Fondo has of it stands in its own list. */
async function rowOfStream(read, streamed, { made, clientIds }) {
	const lists = await Promise.all(clientIds.map(async (clientId) => await read(`/client/${clientId}/transaction/cash`)));
	const listed = new Set(lists.flat().map(({ id }) => id));
	const { events, losses, doubles } = verdictOnNew(await streamed.read(), made);
	return row('stream events', events, events - losses, made.filter(({ id }) => listed.has(id)).length, doubles);
}

/** Compares what was asked for with what n8n did and with the sandbox's own ledger. */
export async function booksOf({ sandbox, read }, { lanes, told, streamed, made, clientIds }) {
	const entries = await sandbox.ledger();
	return [
		...lanes.map((lane) => rowOfLane(lane, entries)),
		await rowOfWebhooks(sandbox, told),
		await rowOfStream(read, streamed, { made, clientIds }),
	];
}
