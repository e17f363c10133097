import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import type { Field } from '../../shared/fields/field';
import { optional } from '../../shared/fields/field';
import { jsonOf } from '../../shared/output/one';
import type { ResultContext } from '../../shared/output/resultMode';
import { waiting } from '../../shared/output/waiting';
import { callsAnotherExecution, journeyOutcomeOf, waitUntil } from './outcome';

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

/** How long the user lets the execution wait; 0 until the journey expires. */
const limitOf = ({ values }: ResultContext) => Number(values.waitLimit ?? 0);

/** Waits for the customer. Fondo's callback ends the wait. */
export const untilEnded = waiting({
	fields: { waitLimit: optional(waitLimit) },
	identityOf: ({ request: { path = {} } }) => ({ id: path.journey_id, clientId: path.client_id }),
	read: async ({ client, request }) => jsonOf((await client(request)).body),
	hasWaited: ({ outcome }) => outcome === 'timeout',
	// No customer ever gets the link of a rehearsed journey.
	rehearsed: () => ({ status: 'complete', outcome: 'complete' }),
	endOf: (journey, call) => {
		const outcome = journeyOutcomeOf(journey);
		if (outcome !== undefined) return { outcome };
		const resumeUrl = call.context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
		if (limitOf(call) === 0 && callsAnotherExecution(journey, String(resumeUrl)))
			throw new UserError(
				'Fondo will report this journey to another execution, not to this one',
				"Create the journey and wait for it in the same execution: in the editor run the whole workflow, not this step alone; in a sub-workflow put 'Create' beside 'Wait for Outcome'. Or set 'Wait at Most' and connect the outcome 'timeout' back to this node, to look again and again.",
			);
		return undefined;
	},
	pauseOf: (journey, call) => ({ until: waitUntil(journey, limitOf(call), clock.now()), passedOn: { outcome: 'timeout' } }),
});
