import { jsonOf } from '../../shared/output/json';
import type { ResultMode } from '../../shared/output/resultMode';
import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import { waitLimit } from '../fields/journeyWait';
import { isRefusal } from '../events/changes/refused';
import { callsAnother, LEAST_MS, journeyOutcomeOf, waitUntil } from './outcome';

/** One journey once it has ended, with its outcome; until then the execution waits for the callback. */
export const untilEnded: ResultMode = {
	fields: { waitLimit },
	keeps: ['clientId', 'outcome'],
	waits: true,
	execute: async ({ context, client, request, values, select }) => {
		const { client_id: clientId, journey_id: id } = request.path ?? {};
		const [item] = context.getInputData();
		// Who has waited for days is not let down by an outage at the moment of looking again.
		const looksAgain = item.json.id === id && item.json.outcome === 'timeout';
		const answer = await client(request).catch(async (error: unknown) =>
			looksAgain && !isRefusal(error) ? undefined : await Promise.reject(error),
		);
		if (answer === undefined) {
			await context.putExecutionToWait(new Date(clock.now() + LEAST_MS));
			return [{ json: select({ ...item.json, outcome: 'waiting' }) }];
		}
		const journey = { ...jsonOf(answer.body), id, clientId };
		const outcome = journeyOutcomeOf(journey);
		if (outcome !== undefined) return [{ json: select({ ...journey, outcome }) }];
		const limitHours = Number(values.waitLimit ?? 0);
		const resumeUrl = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
		if (limitHours === 0 && callsAnother(journey, String(resumeUrl)))
			throw new UserError(
				'Fondo will report this journey to another execution, not to this one',
				"Let one execution create the journey and wait for it: in the editor run the whole workflow, not this step alone; in a sub-workflow put 'Create' beside 'Wait for Outcome'. Or set 'Wait at Most' and lead the outcome 'timeout' back to this node, to look again and again.",
			);
		// At the end of the time n8n (2.41) does not ask us again but passes on what came in.
		item.json = { ...journey, outcome: 'timeout' };
		await context.putExecutionToWait(new Date(waitUntil(journey, limitHours, clock.now())));
		return [{ json: select({ ...journey, outcome: 'waiting' }) }];
	},
};
