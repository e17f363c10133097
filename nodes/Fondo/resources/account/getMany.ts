import { personalNumber } from '../../../shared/swedish/personalNumber';
import { withCheck } from '../../../shared/fields/field';
import { text } from '../../../shared/fields/text';
import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import { modifiedFrom } from '../../fields/modifiedFrom';
import { personalNumberOf } from '../../fields/personalNumber';
import * as simple from '../../fields/simple';

const ssn = withCheck(
	personalNumber,
	text({
		label: 'Personal Number',
		description: 'Only accounts of the owner with this Swedish personal identity number',
		example: '191212121212',
	}),
);

export const getMany = operation('GET /v2/partner/client/{client_id}/account', {
	name: 'Get Many',
	action: 'Get many investor accounts',
	description: 'List the investor accounts of a client, oldest first',
	fields: { client },
	optional: { modifiedFrom, ssn },
	request: ({ client, modifiedFrom, ssn }) => ({
		path: { client_id: client },
		query: { modifiedFrom, ssn: ssn === undefined ? undefined : (personalNumberOf(ssn) ?? ssn) },
	}),
	output: many(bySortedId),
	simple: simple.account,
});
