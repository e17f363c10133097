/**
 * `npm test` compiles this file and never runs it. Each @ts-expect-error marks a mistake against a contract; when the compiler
 * accepts one of them, the compilation fails.
 */
import { operation as finvisOperation } from '../../nodes/Finvis/contract';
import { operation as fondoOperation } from '../../nodes/Fondo/contract';
import { clientLocator as client } from '../../nodes/Fondo/resources/client';
import { text } from '../../nodes/shared/fields/text';

const words = { name: 'Get', action: 'Get it', description: 'Get it' };
const name = text({ label: 'Name', description: 'A name', example: 'x' });

// @ts-expect-error the path does not exist
fondoOperation('GET /v2/partner/clients', { ...words, fields: {}, request: () => ({}) });

// @ts-expect-error the path exists, but not with this method
finvisOperation('DELETE /accounts/', { ...words, fields: {}, request: () => ({}) });

// @ts-expect-error a path value is missing
fondoOperation('GET /v2/partner/client/{client_id}', { ...words, fields: { client }, request: () => ({}) });

fondoOperation('GET /v2/partner/client/{client_id}', {
	...words,
	fields: { client },
	// @ts-expect-error a path value has another name
	request: ({ client }) => ({ path: { clientId: client } }),
});

fondoOperation('POST /v2/partner/client/{client_id}/order', {
	...words,
	fields: { client, name },
	request: ({ client, name }) => ({
		path: { client_id: client },
		// @ts-expect-error units are a number
		body: { orderType: 'redemption', account: 'a', instrument: 'i', units: name },
	}),
});

fondoOperation('POST /v2/partner/client/{client_id}/order', {
	...words,
	fields: { client, name },
	request: ({ client, name }) => ({
		path: { client_id: client },
		// @ts-expect-error the write path sets clientRef from the reference
		body: { orderType: 'redemption', account: 'a', instrument: 'i', units: 1, clientRef: name },
	}),
});

// @ts-expect-error the operation does not have this field
finvisOperation('GET /companies', { ...words, fields: { name }, request: ({ client }) => ({ query: { koncern_id: client } }) });

// @ts-expect-error page is a number
finvisOperation('GET /companies', { ...words, fields: { name }, request: ({ name }) => ({ query: { page: name } }) });
