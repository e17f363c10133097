import { json } from '../../../shared/fields/json';
import { text } from '../../../shared/fields/text';
import { operation } from '../../api';
import { client } from '../../fields/client';
import * as details from '../../fields/journeyDetails';

const callbackUrl = text({ label: 'Callback URL', description: 'Where Fondo reports what becomes of the journey, e.g. the address of a Webhook node', example: 'https://n8n.example.se/webhook/journey' });
const redirectUrl = text({ label: 'Redirect URL', description: 'Where the customer returns to at the end', example: 'https://www.example.se/done' });
const partnerData = text({ label: 'Partner Data', description: 'Text of yours that comes back with the callback; it is sent in base64', example: 'session-123' });
const rawJourney = json({ label: 'Raw Journey JSON', description: 'More of the journey as JSON, for what this panel does not offer. It replaces fields of the same name.', example: { transferInstructions: [] } });

export const create = operation('POST /v2/partner/client/{client_id}/journey', {
	name: 'Create',
	action: 'Create a journey',
	description: 'Make a link by which a customer opens an account or answers KYC questions',
	fields: { client, journeyType: details.journeyType, callbackUrl },
	optional: { accountName: details.accountName, accountTypes: details.accountTypes, serviceType: details.serviceType, allocationPlan: details.allocationPlan, kyc: details.kyc, redirectUrl, partnerData, rawJourney },
	request: ({ client, journeyType, callbackUrl, accountName, accountTypes, serviceType, allocationPlan, kyc, redirectUrl, partnerData, rawJourney }) => ({
		path: { client_id: client },
		body: {
			journey: { type: journeyType, accountName, accountTypes, serviceType, allocationPlan, kyc, ...rawJourney },
			callbackUrl,
			redirectUrl,
			scope: partnerData === undefined ? null : Buffer.from(partnerData).toString('base64'),
		},
	}),
});
