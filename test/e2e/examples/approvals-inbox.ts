import type { Execution } from '../../../tools/harness/n8n/client';
import { colleague, formOf, owner, Person, seesEnd } from './forms';
import { itemsOf, type Check, present, type Approval } from './world';

interface Choice {
	readonly approval: string;
	readonly label: string;
	readonly requestedBy: string;
}

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const person = await owner();
	const form = formOf(workflow);
	const pending = async () => await world.finvisList<Approval>('/approvals/pending');
	const choicesOf = (held: Execution) => itemsOf<{ choices: Choice[] }>(held, 'What waits for this person')[0].choices;
	const begin = async (fromAmount = 0, who = person) => {
		const url = await who.begins(form, [fromAmount]);
		return { url, id: await world.latestOf(workflow) };
	};
	expect((await new Person().opens(form)).status).toBe(401);

	const before = (await pending()).map(({ id }) => id);
	expect(before).toHaveLength(3);
	const inbox = await begin();
	const held = await world.waits(inbox.id, 'Choose what to approve');
	const choices = choicesOf(held);
	expect(choices.map(({ approval }) => approval)).toEqual(before);
	const { page } = await person.opens(inbox.url);
	for (const { label } of choices) expect(page).toContain(label);
	for (const shown of ['Company', 'Fingerprint', 'Finvis does not show the payees of a batch here.']) expect(page).toContain(shown);
	expect((await new Person().sends(inbox.url, [choices.map(({ label }) => label), ''])).status).toBe(401);
	expect(await pending()).toHaveLength(3);

	expect((await person.sends(inbox.url, [[choices[1].label], 'checked'])).status).toBe(200);
	expect(await seesEnd(world, person, inbox, 'Say what was approved')).toContain('Approved: ');
	expect((await pending()).map(({ id }) => id)).toEqual([before[0], before[2]]);
	const batchId = itemsOf<Approval>(await world.execution(inbox.id), 'Approve')[0].object_id;
	await world.sandbox.advanceUntil(async () => (await world.ledger()).length > 0);
	const ledger = await world.ledger();
	expect(new Set(ledger.map((entry) => entry.batchId))).toEqual(new Set([batchId]));

	// Only from an amount on; and the page shows what Finvis refuses.
	const large = await begin(60_000);
	const few = choicesOf(await world.waits(large.id, 'Choose what to approve'));
	expect(few.map(({ approval }) => approval)).toEqual([before[2]]);
	await world.sandbox.addFaults({ match: { path: 'approveApproval' }, kind: 'status', status: 403, body: { detail: 'Too much for you' } });
	await person.sends(large.url, [[few[0].label], '']);
	expect(await seesEnd(world, person, large, 'Say what was approved')).toContain('Too much for you');
	expect(await pending()).toHaveLength(2);

	// What a person has asked for is not offered to that person, and not approved by that person from the page of another.
	const [{ requested_by: requester }] = await pending();
	const self = await colleague(world.client, requester);
	const ownInbox = await begin(0, self);
	const offered = choicesOf(await world.waits(ownInbox.id, 'Choose what to approve'));
	expect((await self.opens(ownInbox.url)).page).toContain('The person who asked for a payment cannot approve it');
	expect(offered.map(({ requestedBy }) => requestedBy)).toEqual((await pending()).map((one) => one.requested_by).filter((one) => one !== requester));
	await world.sandbox.clearFaults();
	const foreign = await begin();
	const all = choicesOf(await world.waits(foreign.id, 'Choose what to approve'));
	await self.opens(foreign.url);
	await self.sends(foreign.url, [[present(all.find(({ requestedBy }) => requestedBy === requester)).label], '']);
	await seesEnd(world, person, foreign, 'Say that nothing was approved');
	expect(await pending()).toHaveLength(2);
	expect(await world.ledger()).toEqual(ledger);
};
