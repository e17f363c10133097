import type { Api, Behaviour, Position, VendorResponse } from '../position';
import { isFields } from '../writeFields';

const changed =
	(change: (body: Readonly<Record<string, unknown>>) => unknown, status?: number): Behaviour['tokenAnswer'] =>
	(usual: VendorResponse) => ({ ...usual, status: status ?? usual.status, body: isFields(usual.body) ? change(usual.body) : usual.body });

function of(api: Api, vendor: string): readonly Position[] {
	const answer = (name: string, sentence: string, tokenAnswer: Behaviour['tokenAnswer']): Position => ({
		name: `${api}-${name}`,
		api,
		axis: 'the answer with a token',
		sentence,
		node: 'works',
		wire: true,
		hooks: { tokenAnswer },
	});
	const expired = (status: 400 | 403): Position => ({
		name: `${api}-expired-token-${status}`,
		api,
		axis: 'a token that does not hold any longer',
		sentence: `${vendor} answers ${status} to a token that does not hold any longer.`,
		node: 'works',
		wire: true,
		hooks: { expiredToken: status },
	});
	return [
		answer(
			'tokens-without-expires-in',
			`${vendor} does not say how long a token holds.`,
			changed(({ expires_in, ...rest }) => rest),
		),
		answer(
			'expires-in-as-text',
			`${vendor} says how long a token holds in a text.`,
			changed((body) => ({ ...body, expires_in: String(body.expires_in) })),
		),
		answer(
			'tokens-in-data',
			`${vendor} puts the token into \`data\`.`,
			changed((data) => ({ data })),
		),
		answer(
			'tokens-201',
			`${vendor} answers a token call with 201.`,
			changed((body) => body, 201),
		),
		answer(
			'token-type-in-lower-case',
			`${vendor} writes the type of a token in lower case.`,
			changed((body) => ({ ...body, token_type: 'bearer' })),
		),
		expired(400),
		expired(403),
	];
}

export const tokens: readonly Position[] = [...of('fondo', 'Fondo'), ...of('finvis', 'Finvis')];
