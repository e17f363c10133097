import type { Api, Behaviour, Position } from '../position';

const writing = (api: Api, axis: string, name: string, sentence: string, hooks: Partial<Behaviour>): Position => ({
	name,
	api,
	axis: `writing of ${axis}`,
	sentence,
	node: 'works',
	hooks,
});

const hasValue = (value: unknown): value is string | number => (typeof value === 'string' && value !== '') || typeof value === 'number';
/** Changes the writing of an amount and leaves a missing amount alone. */
const amount = (write: (value: string | number) => string | number): Partial<Behaviour> => ({
	amount: (value) => (hasValue(value) && Number.isFinite(Number(value)) ? write(value) : value),
});

const withExponent = (value: string | number) => Number(value).toExponential().replace('e', 'E');
const moreDecimals = (value: string | number) => {
	const [whole = '', fraction = ''] = String(value).split('.');
	return `${whole}.${fraction.padEnd(7, '0')}`;
};
const twelveDigits = (number: string) => {
	const digits = number.replace(/\D/g, '');
	if (digits.length !== 10) return digits.length === 12 ? digits : number;
	return `${Number(digits.slice(0, 2)) > 26 ? '19' : '20'}${digits}`;
};

/** Two decimals, and a comma before them. */
const withComma = (value: string | number) => Number(value).toFixed(2).replace('.', ',');
const inMinorUnits = (value: string | number) => Math.round(Number(value) * 100);
const withOffset = (at: number, offset: string) => `${new Date(at + 3_600_000).toISOString().slice(0, 19)}${offset}`;

const shared = (api: Api, vendor: string): readonly Position[] => [
	writing(api, 'amounts', `${api}-amounts-with-exponent`, `${vendor} writes amounts as texts with an exponent.`, amount(withExponent)),
	writing(api, 'amounts', `${api}-amounts-more-decimals`, `${vendor} writes amounts as texts with seven decimals.`, amount(moreDecimals)),
	writing(api, 'amounts', `${api}-amounts-with-comma`, `${vendor} writes amounts as texts with a comma.`, amount(withComma)),
	{
		...writing(api, 'amounts', `${api}-amounts-in-minor-units`, `${vendor} writes amounts in hundredths.`, amount(inMinorUnits)),
		node: 'refuses',
	},
	writing(api, 'moments', `${api}-moments-without-zone`, `${vendor} writes moments without a zone and without milliseconds.`, {
		moment: (at) => new Date(at).toISOString().slice(0, 19),
	}),
	writing(api, 'moments', `${api}-moments-with-plain-offset`, `${vendor} writes moments with an offset without a colon.`, {
		moment: (at) => withOffset(at, '+0100'),
	}),
	writing(api, 'moments', `${api}-moments-with-zone`, `${vendor} writes moments with an offset instead of Z.`, {
		moment: (at) => `${new Date(at + 3_600_000).toISOString().slice(0, -1)}+01:00`,
	}),
	writing(api, 'IDs', `${api}-ids-upper-case`, `${vendor} writes IDs in upper case.`, { id: (id) => id.toUpperCase() }),
];

export const fieldWriting: readonly Position[] = [
	writing('fondo', 'amounts', 'fondo-amounts-as-text', 'Fondo writes amounts as texts.', amount(String)),
	...shared('fondo', 'Fondo'),
	writing('fondo', 'codes', 'fondo-codes-lower-case', 'Fondo writes codes such as instruments in lower case.', {
		code: (code) => code.toLowerCase(),
	}),
	writing('fondo', 'codes', 'fondo-codes-upper-case', 'Fondo writes codes such as order types in upper case.', {
		code: (code) => code.toUpperCase(),
	}),
	writing('fondo', 'personal numbers', 'personal-numbers-twelve-digits', 'Fondo writes personal numbers with twelve digits.', {
		personalNumber: twelveDigits,
	}),
	writing('fondo', 'payments', 'instructions-in-another-order', 'Fondo shows the payments of an instruction in another order.', {
		payments: (payments) => [...payments].reverse(),
	}),
	writing('finvis', 'amounts', 'finvis-amounts-as-number', 'Finvis writes amounts as numbers.', amount(Number)),
	...shared('finvis', 'Finvis'),
	writing('finvis', 'days', 'finvis-days-with-time', 'Finvis writes a day with a time and without a zone.', {
		day: (day) => `${day}T00:00:00`,
	}),
	writing('finvis', 'days', 'finvis-days-with-zone', 'Finvis writes a day as midnight with a zone.', {
		day: (day) => `${day}T00:00:00+01:00`,
	}),
	writing('finvis', 'codes', 'finvis-codes-lower-case', 'Finvis writes codes such as currencies in lower case.', {
		code: (code) => code.toLowerCase(),
	}),
	writing('finvis', 'payments', 'batches-show-payments', 'A batch of Finvis shows its payments.', { payments: (payments) => payments }),
	writing('finvis', 'payments', 'batches-show-payments-in-another-order', 'A batch of Finvis shows its payments in another order.', {
		payments: (payments) => [...payments].reverse(),
	}),
];
