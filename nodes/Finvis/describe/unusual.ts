import { isDecimal } from '../../shared/core/decimal';
import { foldCase, foldLookAlikes } from '../../shared/core/lookAlikes';
import { executionDay } from '../../shared/swedish/bankDay';
import { canonical } from '../../shared/writes/canonical';

/** A payment as the approver sees it. */
export interface PaymentShown {
	readonly amount: string;
	readonly creditorName: string;
	readonly creditorAccountType: string;
	readonly creditorAccount: string;
	readonly message?: string;
}

/** Thousands with spaces that do not break, a comma, at least two decimals: `24 119,75`. No digit goes through a float. */
export function shownAmount(amount: unknown): string {
	const text = String(amount);
	if (!isDecimal(text)) return text;
	const [whole, fraction = ''] = text.replace('-', '').split('.');
	const first = whole.length % 3;
	const grouped = [whole.slice(0, first), ...(whole.slice(first).match(/\d{3}/g) ?? [])].filter(Boolean).join('\u00A0');
	return `${text.startsWith('-') ? '−' : ''}${grouped},${fraction.padEnd(2, '0')}`;
}

const accountKey = ({ creditorAccountType, creditorAccount }: PaymentShown) =>
	`${creditorAccountType} ${foldCase(creditorAccount.replace(/[^\p{L}\p{N}]/gu, ''))}`;
const nameKey = ({ creditorName }: PaymentShown) => foldCase(foldLookAlikes(creditorName));

/** Payments that one sentence numbers. */
const MOST_NUMBERED = 10;

/** Numbers from 1 of the payments that say the same, for each group of two or more. */
function groupsBy(payments: readonly PaymentShown[], key: (payment: PaymentShown) => string): number[][] {
	const groups = new Map<string, number[]>();
	payments.forEach((payment, index) => {
		const numbers = groups.get(key(payment));
		if (numbers) numbers.push(index + 1);
		else groups.set(key(payment), [index + 1]);
	});
	return [...groups.values()].filter(({ length }) => length > 1);
}

function numbered(numbers: readonly number[]): string {
	const shown = numbers.slice(0, MOST_NUMBERED);
	const more = numbers.length - shown.length;
	if (more > 0) return `Payments ${shown.join(', ')} and ${more} more`;
	return `Payments ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const different = (payments: readonly PaymentShown[], numbers: readonly number[], key: (payment: PaymentShown) => string) =>
	new Set(numbers.map((number) => key(payments[number - 1]))).size > 1;

/** What an approver should look at twice, as far as these payments and this day show it. */
export function unusualIn(payments: readonly PaymentShown[], currency: unknown, day: string | undefined, today: string): string[] {
	const at = (number: number) => payments[number - 1];
	const toOneAccount = groupsBy(payments, accountKey).map((numbers) =>
		different(payments, numbers, nameKey)
			? `${numbered(numbers)} go to the same account under different names.`
			: `${numbered(numbers)} go to the same payee: ${at(numbers[0]).creditorName}.`,
	);
	const severalAccounts = groupsBy(payments, nameKey)
		.filter((numbers) => different(payments, numbers, accountKey))
		.map((numbers) => `${numbered(numbers)} have the same payee, ${at(numbers[0]).creditorName}, but different accounts.`);
	const sameAmount = groupsBy(payments, ({ amount }) => String(canonical(amount, 'amount'))).map(
		(numbers) => `${numbered(numbers)} have the same amount: ${shownAmount(at(numbers[0]).amount)} ${String(currency ?? '')}.`,
	);
	const reason = day === undefined ? undefined : executionDay(day, today)?.message;
	return [...toOneAccount, ...severalAccounts, ...sameAmount, ...(reason === undefined ? [] : [`The execution date ${reason}.`])];
}
