import type { Api, Behaviour, Position } from '../position';

const JSON_TYPE = { 'content-type': 'application/json' };

/** An error of the same status with another body. */
const shaped =
	(
		body: (code: string, reason: string, status: number) => unknown,
		headers: Record<string, string> = JSON_TYPE,
	): Behaviour['errorAnswer'] =>
	(usual, code, reason) => ({ status: usual.status, headers: { ...usual.headers, ...headers }, body: body(code, reason, usual.status) });

function of(api: Api, vendor: string): readonly Position[] {
	const errors = (name: string, sentence: string, errorAnswer: Behaviour['errorAnswer']): Position => ({
		name: `${api}-errors-${name}`,
		api,
		axis: 'shape of errors',
		sentence,
		node: 'works',
		wire: true,
		hooks: { errorAnswer },
	});
	return [
		errors(
			'in-detail',
			`${vendor} puts the reason of an error into \`detail\` as a text.`,
			shaped((_code, detail) => ({ detail })),
		),
		errors(
			'in-a-list-of-details',
			`${vendor} puts the reason of an error into \`detail\` as a list of objects, each with a place and a message.`,
			shaped((type, msg) => ({ detail: [{ loc: ['body', 'amount'], msg, type }] })),
		),
		errors(
			'in-a-list',
			`${vendor} puts the reason of an error into a list \`errors\`.`,
			shaped((code, message) => ({ errors: [{ code, message, field: 'amount' }] })),
		),
		errors(
			'by-field',
			`${vendor} puts the reason of an error into \`errors\` under the name of a field.`,
			shaped((_code, reason) => ({ errors: { amount: [reason] } })),
		),
		errors(
			'as-problem-json',
			`${vendor} answers an error with \`application/problem+json\`.`,
			shaped((code, detail, status) => ({ type: `https://errors.invalid/${code}`, title: 'The call failed', status, detail }), {
				'content-type': 'application/problem+json',
			}),
		),
		errors(
			'as-web-page',
			`${vendor} answers an error with a web page.`,
			shaped((_code, reason, status) => `<html><head><title>${status}</title></head><body><h1>Error</h1><p>${reason}</p></body></html>`, {
				'content-type': 'text/html',
			}),
		),
		errors(
			'without-a-body',
			`${vendor} answers an error without a body.`,
			shaped(() => undefined, {}),
		),
	];
}

export const errors: readonly Position[] = [...of('fondo', 'Fondo'), ...of('finvis', 'Finvis')];
