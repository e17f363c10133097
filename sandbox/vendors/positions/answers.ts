import type { Api, Behaviour, Position, VendorResponse } from '../position';

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = {
	status: 504,
	headers: { 'content-type': 'text/html' },
	body: '<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>',
};

const answer = (api: Api, axis: string, name: string, sentence: string, hooks: Partial<Behaviour>): Position => ({
	name: `${api}-${name}`,
	api,
	axis,
	sentence,
	node: 'works',
	hooks,
});

function of(api: Api, vendor: string, ownError: VendorResponse): readonly Position[] {
	const status = (name: string, sentence: string, createdStatus: Behaviour['createdStatus']) =>
		answer(api, 'status of the answer to a create call', name, sentence, { createdStatus });
	const body = (name: string, sentence: string, createdBody: Behaviour['createdBody']) =>
		answer(api, 'body of the answer to a create call', name, sentence, { createdBody });
	const failure = (name: string, sentence: string, refused: (reason: string) => unknown) =>
		answer(api, 'how a refusal is answered', name, sentence, {
			refusal: (_usual, reason) => ({ status: 200, headers: JSON_TYPE, body: refused(reason) }),
		});
	const after = (name: string, sentence: string, errorAfterEffect: VendorResponse) =>
		answer(api, 'what follows an effect', name, sentence, { errorAfterEffect });
	return [
		api === 'fondo'
			? status('answers-201', `${vendor} answers a create call with 201.`, 201)
			: status('answers-200', `${vendor} answers a create call with 200.`, 200),
		status('answers-202', `${vendor} answers a create call with 202.`, 202),
		status('answers-204', `${vendor} answers a create call with 204 and no body.`, 204),
		status('answers-302', `${vendor} answers a create call with 302, the address of the object and no body.`, 302),
		status('answers-303', `${vendor} answers a create call with 303, the address of the object and no body.`, 303),
		body('answers-id-only', `${vendor} answers a create call with the ID alone.`, ({ id }) => ({ id })),
		body('answers-in-data', `${vendor} puts the created object into \`data\`.`, (object) => ({ data: object })),
		body('answers-text', `${vendor} answers a create call with a text.`, () => 'Created'),
		failure('success-false', `${vendor} answers a refused call with 200 and \`success: false\`.`, (reason) => ({
			success: false,
			error: reason,
		})),
		failure('errors-in-200', `${vendor} answers a refused call with 200 and a list of errors.`, (reason) => ({
			errors: [{ message: reason }],
		})),
		after('500-after-effect', `${vendor} executes a call and answers 500 in its own words.`, ownError),
		after('504-after-effect', `${vendor} executes a call and a gateway answers 504 with a web page.`, HTML),
	];
}

export const answers: readonly Position[] = [
	...of('fondo', 'Fondo', { status: 500, headers: JSON_TYPE, body: { error: 'server_error', error_description: 'Unexpected error' } }),
	...of('finvis', 'Finvis', { status: 500, headers: JSON_TYPE, body: { detail: 'Internal server error' } }),
];
