/**
 * Compiled by `npm test`, never run: what the compiler must refuse in an operation. Each line below an @ts-expect-error is a
 * mistake against a contract; when the compiler stops seeing one, the compilation fails.
 */
import { operation as finvisOperation } from '../../nodes/Finvis/api';
import { operation as fondoOperation } from '../../nodes/Fondo/api';
import { clientLocator as client } from '../../nodes/Fondo/resources/client';
import { text } from '../../nodes/shared/fields/text';

const words = { name: 'Get', action: 'Get it', description: 'Get it' };
const name = text({ label: 'Name', description: 'A name', example: 'x' });

// @ts-expect-error there is no such path
fondoOperation('GET /v2/partner/clients', { ...words, fields: {}, request: () => ({}) });

// @ts-expect-error the path exists, the method does not
finvisOperation('DELETE /accounts/', { ...words, fields: {}, request: () => ({}) });

// @ts-expect-error a path value is missing
fondoOperation('GET /v2/partner/client/{client_id}', { ...words, fields: { client }, request: () => ({}) });

// @ts-expect-error a path value has another name
fondoOperation('GET /v2/partner/client/{client_id}', {
	...words,
	fields: { client },
	request: ({ client }) => ({ path: { clientId: client } }),
});

fondoOperation('POST /v2/partner/client/{client_id}/order', {
	...words,
	fields: { client, name },
	// @ts-expect-error units are a number
	request: ({ client, name }) => ({
		path: { client_id: client },
		body: { orderType: 'redemption', account: 'a', instrument: 'i', units: name },
	}),
});

// @ts-expect-error a field that the operation does not have
finvisOperation('GET /companies', { ...words, fields: { name }, request: ({ client }) => ({ query: { koncern_id: client } }) });

// @ts-expect-error page is a number
finvisOperation('GET /companies', { ...words, fields: { name }, request: ({ name }) => ({ query: { page: name } }) });
