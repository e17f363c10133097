import { type Fields, fieldsOf, isFields } from './vendor';

const DECIMAL = /^[0-9]+(\.[0-9]+)?$/;
const isAmount = (value: unknown) => (typeof value === 'string' && DECIMAL.test(value)) || (typeof value === 'number' && value >= 0);
const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Why Finvis refuses a batch, or undefined. */
export function checkBatch({ payments }: Fields): string | undefined {
	if (!Array.isArray(payments) || payments.length === 0) return 'payments must not be empty';
	const isGood = (payment: unknown) =>
		isFields(payment) && isAmount(payment.amount) && isText(payment.creditor_name) && isFields(payment.creditor_account);
	return payments.every(isGood) ? undefined : 'a payment is not valid';
}

/** The total with two decimals, summed in hundredths so that no fraction is lost. */
export function totalOf(payments: readonly unknown[]): string {
	const hundredths = payments.reduce<number>((sum, payment) => sum + Math.round(Number(fieldsOf(payment).amount) * 100), 0);
	return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** Whom another person wants paid. */
export const PLANTED_PAYEE = {
	amount: '990000.00',
	currency: 'SEK',
	creditor_name: 'Someone Else AB',
	creditor_account: { type: 'iban', value: 'SE4550000000058398257466' },
	reference: '999',
};

export const ACCOUNTS = [
	{
		id: '9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c',
		company_id: '5c4b3a29-1807-4f6e-9d5c-4b3a29180766',
		name: 'Driftkonto',
		bank: 'Exempelbanken',
		iban: 'SE4550000000058398257466',
		currency: 'SEK',
		booked_balance: '1250000.50',
		available_balance: '1200000.50',
	},
];
export const COMPANIES = [
	{ id: '5c4b3a29-1807-4f6e-9d5c-4b3a29180766', name: 'Exempelbolaget Drift AB', org_number: '559901-2340', country: 'SE' },
];
export const KONCERNER = [{ id: '8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9', name: 'Exempelkoncernen', company_count: 1 }];
