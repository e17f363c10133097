import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import type { Field } from '../../shared/fields/field';
import { optional } from '../../shared/fields/field';
import { jsonOf } from '../../shared/output/one';
import type { ResultMode } from '../../shared/output/resultMode';
import { isRehearsed } from '../../shared/writes/rehearsal';
import { isPermanent } from '../events/outage';
import { callsAnotherExecution, journeyOutcomeOf, LEAST_WAIT_MS, waitUntil } from './outcome';

/** A year. JavaScript has no dates some thousand times further away. */
const MOST_HOURS = 8_760;

const waitLimit: Field<number> = {
	property: {
		displayName: 'Wait at Most (Hours)',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0, numberPrecision: 2 },
		description:
			"After this time the workflow continues with the outcome 'timeout'. Connect that outcome back to this node to look again: a lost callback then costs no more than this time. 0 waits until the journey expires.",
	},
	example: 24,
	read: (value) => {
		const number = Number(value);
		return number >= 0 && number <= MOST_HOURS
			? number
			: new UserError(
					`'${String(value)}' is not a number of hours up to ${MOST_HOURS}`,
					'Give a number such as 24, or 0 to wait until the journey expires.',
				);
	},
};

/** One item when the journey has ended, with its outcome. Until then the execution waits for the callback. */
export const untilEnded: ResultMode = {
	fields: { waitLimit: optional(waitLimit) },
	keeps: ['clientId', 'outcome'],
	waits: true,
	execute: async ({ context, client, request, values, select }) => {
		const { client_id: clientId, journey_id: id } = request.path ?? {};
		const [item] = context.getInputData();
		// An execution that has waited before keeps waiting when Fondo is out of reach, instead of failing after days.
		const hasWaited = item.json.id === id && item.json.outcome === 'timeout';
		const response = await client(request).catch(async (error: unknown) =>
			hasWaited && !isPermanent(error) ? undefined : await Promise.reject(error),
		);
		if (response === undefined) {
			await context.putExecutionToWait(new Date(clock.now() + LEAST_WAIT_MS));
			return [{ json: select({ ...item.json, outcome: 'waiting' }) }];
		}
		const journey = { ...jsonOf(response.body), id, clientId };
		// No customer ever gets the link of a rehearsed journey.
		if (isRehearsed(id)) return [{ json: select({ ...journey, status: 'complete', outcome: 'complete' }) }];
		const outcome = journeyOutcomeOf(journey);
		if (outcome !== undefined) return [{ json: select({ ...journey, outcome }) }];
		const limitHours = Number(values.waitLimit ?? 0);
		const resumeUrl = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
		if (limitHours === 0 && callsAnotherExecution(journey, String(resumeUrl)))
			throw new UserError(
				'Fondo will report this journey to another execution, not to this one',
				"Create the journey and wait for it in the same execution: in the editor run the whole workflow, not this step alone; in a sub-workflow put 'Create' beside 'Wait for Outcome'. Or set 'Wait at Most' and connect the outcome 'timeout' back to this node, to look again and again.",
			);
		// When the time is over, n8n (2.41) does not execute the node again: it passes on the input item.
		item.json = { ...journey, outcome: 'timeout' };
		await context.putExecutionToWait(new Date(waitUntil(journey, limitHours, clock.now())));
		return [{ json: select({ ...journey, outcome: 'waiting' }) }];
	},
};
