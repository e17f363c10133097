import { jsonOf } from '../../shared/output/json';
import type { Output } from '../../shared/output/output';
import { clock } from '../../shared/transport/clock';
import { waitLimit } from '../fields/journeyWait';
import { outcomeOf, waitUntil } from './outcome';

/** One journey once it has ended, with its outcome; until then the execution waits for the callback. */
export const untilEnded: Output = {
	fields: { waitLimit },
	keeps: ['clientId', 'outcome'],
	waits: true,
	read: async ({ context, client, request, values }) => {
		const { client_id: clientId, journey_id: id } = request.path ?? {};
		const journey = { ...jsonOf((await client(request)).body), id, clientId };
		const outcome = outcomeOf(journey);
		if (outcome !== undefined) return [{ json: { ...journey, outcome } }];
		const now = clock.now();
		// At the end of the time n8n (2.41) does not ask us again but passes on what came in.
		const [item] = context.getInputData();
		item.json = { ...journey, outcome: 'timeout' };
		await context.putExecutionToWait(new Date(waitUntil(journey, Number(values.waitLimit ?? 0), now)));
		return [{ json: { ...journey, outcome: 'waiting' } }];
	},
};
