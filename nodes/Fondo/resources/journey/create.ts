import { operation } from '../../contract';
import { client } from '../../fields/client';
import { callbackUrl, journeyType, partnerData, parts, rawJourney, redirectUrl } from '../../fields/journeyDetails';

export const create = operation('POST /v2/partner/client/{client_id}/journey', {
	name: 'Create',
	action: 'Create a journey',
	description: 'Make a link by which a customer opens an account or answers KYC questions',
	fields: { client, journeyType, callbackUrl },
	optional: { ...parts, redirectUrl, partnerData, rawJourney },
	request: ({ client, journeyType, callbackUrl, redirectUrl, partnerData, rawJourney, ...journey }) => ({
		path: { client_id: client },
		body: {
			journey: { type: journeyType, ...journey, ...rawJourney },
			callbackUrl,
			redirectUrl,
			scope: partnerData === undefined ? null : Buffer.from(partnerData).toString('base64'),
		},
	}),
});
