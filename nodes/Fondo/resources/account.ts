import { clock } from '../../shared/core/clock';
import { quantity } from '../../shared/fields/amount';
import { withCheck } from '../../shared/fields/field';
import { idOnly } from '../../shared/fields/locator';
import { reference } from '../../shared/fields/reference';
import { text } from '../../shared/fields/text';
import { bySortedId } from '../../shared/http/pagination';
import { many } from '../../shared/output/many';
import type { SimpleFields } from '../../shared/output/shape';
import type { Resource } from '../../shared/resource';
import { personalNumber } from '../../shared/swedish/identityNumber';
import { locator, operation, ofAccount, ofClient } from '../contract';
import { executorRef, modifiedFrom } from '../fields';
import { accountText } from '../names';
import { simpleCashTransaction } from './cashTransaction';
import { clientLocator } from './client';
import { simpleFundTransaction } from './fundTransaction';

/**
 * The twelve digits that Fondo expects (contract: `ssn`) of a personal number as people write it: `YYYYMMDDNNNN` or `YYMMDDNNNN`,
 * with or without a hyphen; a plus means that the person is a hundred years old or older. Undefined for any other text.
 */
function twelveDigitsOf(written: string): string | undefined {
	const [, century, year, rest, sign, last] = /^(\d\d)?(\d\d)(\d{4})([-+]?)(\d{4})$/.exec(written.trim()) ?? [];
	if (year === undefined) return undefined;
	if (century !== undefined) return century + year + rest + last;
	const thisYear = new Date(clock.now()).getFullYear();
	const birthYear = thisYear - ((thisYear - Number(year)) % 100) - (sign === '+' ? 100 : 0);
	return `${birthYear}${rest}${last}`;
}

export const accountLocator = locator('GET /v2/partner/client/{client_id}/account', {
	label: 'Investor Account',
	description: 'The investor account of the client. Search by name, number or owner, or type a personal number.',
	example: '49ad7378-121c-4a53-9894-dfd14a7b4877',
	paging: bySortedId,
	parents: ['client'],
	request: ofClient,
	show: (row) => ({ name: accountText(row) || row.id, value: row.id }),
	narrow: (filter) => {
		const ssn = twelveDigitsOf(filter);
		return ssn === undefined ? undefined : { ssn };
	},
});

export const bankAccountLocator = idOnly({
	label: 'Bank Account',
	description: "A bank account of the owner. You find its ID under 'bankAccounts' of the investor account.",
	example: '5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11',
});

const simpleAccount: SimpleFields = {
	id: 'id',
	ref: 'ref',
	name: 'name',
	status: 'status',
	accountType: 'accountType',
	owner: 'owner.fullName',
	balance: 'balance',
	currency: 'currency',
	createdDate: 'createdDate',
};

const ssn = withCheck(
	personalNumber,
	text({
		label: 'Personal Number',
		description: 'Only accounts of the owner with this Swedish personal identity number',
		example: '191212121212',
	}),
);
const amount = quantity({ label: 'Amount', description: 'Amount to pay out, in the currency of the account', example: '500', decimals: 2 });
const withdrawalType = text({
	label: 'Withdrawal Type',
	description: "Fondo's documentation does not give the values of this field. Leave it out unless Fondo asks for it.",
	example: 'standard',
});

export const account: Resource = {
	name: 'Investor Account',
	operations: {
		close: operation('DELETE /v2/partner/client/{client_id}/account/{account_id}', {
			isAct: true,
			name: 'Close',
			action: 'Close an investor account',
			description: 'Close an account that holds nothing and has no open orders. This cannot be undone.',
			fields: { client: clientLocator, account: accountLocator },
			request: ofAccount,
		}),

		get: operation('GET /v2/partner/client/{client_id}/account/{account_id}', {
			name: 'Get',
			action: 'Get an investor account',
			description: 'Retrieve one investor account with its cash balance and positions',
			fields: { client: clientLocator, account: accountLocator },
			request: ofAccount,
			simple: simpleAccount,
		}),

		getCashTransactions: operation('GET /v2/partner/client/{client_id}/account/{account_id}/transaction/cash', {
			name: 'Get Cash Transactions',
			action: 'Get the cash transactions of an investor account',
			description: 'List the movements of cash on one account, oldest first',
			fields: { client: clientLocator, account: accountLocator },
			optional: { modifiedFrom },
			request: ({ modifiedFrom, ...of }) => ({ ...ofAccount(of), query: { modifiedFrom } }),
			output: many(bySortedId),
			simple: simpleCashTransaction,
		}),

		getFundTransactions: operation('GET /v2/partner/client/{client_id}/account/{account_id}/transaction/fund', {
			name: 'Get Fund Transactions',
			action: 'Get the fund transactions of an investor account',
			description: 'List the movements of fund units on one account, oldest first',
			fields: { client: clientLocator, account: accountLocator },
			optional: { modifiedFrom },
			request: ({ modifiedFrom, ...of }) => ({ ...ofAccount(of), query: { modifiedFrom } }),
			output: many(bySortedId),
			simple: simpleFundTransaction,
		}),

		getKycStatus: operation('GET /v2/partner/client/{client_id}/kycstatus/account/{account_id}', {
			name: 'Get KYC Status',
			action: 'Get the KYC status of an investor account',
			description: "Retrieve the KYC status, which says whether the customer's answers are still valid",
			fields: { client: clientLocator, account: accountLocator },
			request: ofAccount,
		}),

		getMany: operation('GET /v2/partner/client/{client_id}/account', {
			name: 'Get Many',
			action: 'Get many investor accounts',
			description: 'List the investor accounts of a client, oldest first',
			fields: { client: clientLocator },
			optional: { modifiedFrom, ssn },
			request: ({ client, modifiedFrom, ssn }) => ({
				path: { client_id: client },
				query: { modifiedFrom, ssn: ssn === undefined ? undefined : (twelveDigitsOf(ssn) ?? ssn) },
			}),
			output: many(bySortedId),
			simple: simpleAccount,
		}),

		payOut: operation('POST /v2/partner/client/{client_id}/account/{account_id}/withdrawal', {
			name: 'Pay Out',
			action: 'Pay out cash from an investor account',
			description: 'Send cash from the account to a bank account of its owner. The same reference is never paid out twice.',
			fields: { client: clientLocator, account: accountLocator, amount, executorRef, reference },
			optional: { bankAccount: bankAccountLocator, withdrawalType },
			lookup: {
				list: 'GET /v2/partner/client/{client_id}/transaction/cash',
				filter: { transactionType: 'withdrawal' },
				match: { debitAccount: 'account_id' },
			},
			request: ({ client, account, amount, executorRef, bankAccount, withdrawalType }) => ({
				path: { client_id: client, account_id: account },
				body: { amount, executorRef, bankAccount, withdrawalType },
			}),
		}),
	},
};
