import type { IDataObject } from 'n8n-workflow';
import { withCheck } from '../../shared/fields/field';
import type { Values } from '../../shared/fields/field';
import { json } from '../../shared/fields/json';
import { idOnly } from '../../shared/fields/locator';
import { list, text } from '../../shared/fields/text';
import type { Resource } from '../../shared/resource';
import { instrumentId } from '../../shared/swedish/isin';
import { operation } from '../contract';
import { untilEnded } from '../journeys/untilEnded';
import { clientLocator } from './client';

const journeyLocator = idOnly({
	label: 'Journey',
	description: 'The ID that Create returned. Fondo has no list of journeys.',
	example: '2f1f6b1c-8e5d-4b7e-a0a4-4c1c9d3b7e55',
});

const journeyType = text({
	label: 'Journey Type',
	description: 'What the customer is to do. Fondo documents only createAccount.',
	example: 'createAccount',
	initial: 'createAccount',
});

const callbackUrl = text({
	label: 'Callback URL',
	description:
		"Where Fondo reports the outcome of the journey. The default is this execution, for 'Wait for Outcome' later in the same workflow. Or enter the address of a Fondo Journey Trigger, e.g. when an AI uses this as a tool.",
	example: 'https://n8n.example.se/webhook/journey',
	initial: '={{ $execution.resumeUrl }}',
});

const redirectUrl = text({
	label: 'Redirect URL',
	description: 'Where the customer returns to at the end',
	example: 'https://www.example.se/done',
});

const partnerData = text({
	label: 'Partner Data',
	description: 'Your own text, e.g. a case number, which comes back with the callback. The node sends it in base64.',
	example: 'customer-4711',
});

const rawJourney = json({
	label: 'Raw Journey JSON',
	description: 'More of the journey as JSON, for what this panel does not offer. It replaces fields of the same name.',
	example: { transferInstructions: [] },
});

/** The first wrong ISIN among the funds of a plan. */
function planCheck(_: string, { allocationPlan }: Values): string | undefined {
	const { instruments } = allocationPlan as { instruments?: unknown };
	const shares: unknown[] = Array.isArray(instruments) ? instruments : [];
	return shares.map((share) => instrumentId(String((share as IDataObject | null)?.instrument))).find((reason) => reason !== undefined);
}

/** The fields of the journey object. Their names are inferred: Fondo's documentation shows the object without all of its fields. */
const details = {
	accountName: text({
		label: 'Account Name',
		description: 'Name of the new account. If you leave it out, the customer is asked.',
		example: 'Spar',
	}),
	accountTypes: list({
		label: 'Account Types',
		description: 'Codes of the account types to choose from, separated by commas. Fondo documents only isk.',
		example: 'isk',
	}),
	serviceType: text({
		label: 'Service Type',
		description: 'Code of the service for the account',
		example: 'portfolioManagement',
	}),
	allocationPlan: withCheck(
		planCheck,
		json({
			label: 'Allocation Plan',
			description: 'The plan to set up, as JSON',
			example: { instruments: [{ instrument: 'SE0001862426SEK', allocation: 100 }] },
		}),
	),
	kyc: json({
		label: 'KYC Prefill',
		description: 'Answers to KYC questions that the customer finds filled in, as JSON',
		example: { monthlySaving: 1000 },
	}),
};

const ofJourney = ({ client, journey }: Record<'client' | 'journey', string>) => ({
	path: { client_id: client, journey_id: journey },
});

export const journey: Resource = {
	name: 'Journey',
	operations: {
		create: operation('POST /v2/partner/client/{client_id}/journey', {
			name: 'Create',
			action: 'Create a journey',
			description: 'Create a link where a customer opens an account or answers KYC questions',
			fields: { client: clientLocator, journeyType, callbackUrl },
			optional: { ...details, redirectUrl, partnerData, rawJourney },
			request: ({ client, journeyType, callbackUrl, redirectUrl, partnerData, rawJourney, ...journey }) => ({
				path: { client_id: client },
				body: {
					journey: { type: journeyType, ...journey, ...rawJourney },
					callbackUrl,
					redirectUrl,
					scope: partnerData === undefined ? null : Buffer.from(partnerData).toString('base64'),
				},
			}),
		}),

		get: operation('GET /v2/partner/client/{client_id}/journey/{journey_id}', {
			name: 'Get',
			action: 'Get a journey',
			description: 'Retrieve one journey with its status and result',
			fields: { client: clientLocator, journey: journeyLocator },
			request: ofJourney,
			simple: {
				id: 'id',
				status: 'status',
				url: 'url',
				expiryDate: 'expiryDate',
				accountName: 'journey.accountName',
				errorCode: 'errorCode',
				result: 'result',
				createdDate: 'createdDate',
			},
		}),

		waitForOutcome: operation('GET /v2/partner/client/{client_id}/journey/{journey_id}', {
			name: 'Wait for Outcome',
			action: 'Wait for the outcome of a journey',
			description:
				"Pause this execution until the customer has completed or canceled the journey, or it has expired. To wait longer after the outcome 'timeout', connect it back to this node.",
			fields: { client: clientLocator, journey: journeyLocator },
			request: ofJourney,
			output: untilEnded,
		}),
	},
};
