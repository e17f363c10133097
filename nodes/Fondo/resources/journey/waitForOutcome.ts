import { operation } from '../../contract';
import { client } from '../../fields/client';
import { journey } from '../../fields/journey';
import { untilEnded } from '../../journeys/untilEnded';

export const waitForOutcome = operation('GET /v2/partner/client/{client_id}/journey/{journey_id}', {
	name: 'Wait for Outcome',
	action: 'Wait for the outcome of a journey',
	description:
		"Pause this execution until the customer has completed or canceled the journey, or it expired. The outcome 'timeout' can be led back here to wait on.",
	fields: { client, journey },
	request: ({ client, journey }) => ({ path: { client_id: client, journey_id: journey } }),
	output: untilEnded,
});
