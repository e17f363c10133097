import type { IDataObject } from 'n8n-workflow';
import { foldCase } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import { readCode } from '../shared/fields/text';
import type { ReadNames } from '../shared/http/names';
import type { ApiRequest } from '../shared/http/request';
import { iban } from '../shared/swedish/bankAccount';
import { accounts, lastFour } from './names';

/** Precedes an IBAN where Finvis takes the ID of the account. No ID begins with it. */
const BY_IBAN = 'iban:';

const compact = (number: unknown) => foldCase(String(number ?? '').replace(/[^\p{L}\p{N}]/gu, ''));

/** What a user types as By IBAN, with its check digits tested. */
export function readIban(value: unknown): string | UserError {
	const given = readCode(value);
	if (given instanceof UserError) return given;
	const reason = iban(given);
	return reason === undefined ? BY_IBAN + compact(given) : new UserError(reason, 'Correct the IBAN, or choose the account from the list.');
}

/** Puts IDs in the place of IBANs, by Finvis' list of bank accounts. */
export async function withAccountIds(request: ApiRequest, names: ReadNames): Promise<ApiRequest> {
	const completed = async <T extends IDataObject>(values: T | undefined): Promise<T | undefined> => {
		const given = Object.entries(values ?? {}).filter(
			([name, value]) => /^account|^id$/.test(name) && typeof value === 'string' && value.startsWith(BY_IBAN),
		);
		if (given.length === 0) return values;
		const ids = await Promise.all(given.map(async ([name, value]) => [name, await idOf(String(value).slice(BY_IBAN.length), names)]));
		return { ...values, ...Object.fromEntries(ids) } as T;
	};
	const { path, query, body } = request;
	return { ...request, path: await completed(path), query: await completed(query), body: await completed(body) };
}

async function idOf(number: string, names: ReadNames): Promise<string> {
	const known = withNumber(number, await names(accounts));
	// The account may be newer than the list that is kept.
	const ids = known.length > 0 ? known : withNumber(number, await names(accounts, { again: true }));
	const what = `the IBAN that ends with ${lastFour(number)?.slice(1)}`;
	if (ids.length > 1)
		throw new UserError(`${ids.length} bank accounts at Finvis have ${what}`, 'Nothing was sent. Choose one of them from the list.');
	if (ids.length === 0)
		throw new UserError(
			`No bank account at Finvis has ${what}`,
			'Nothing was sent. Look whether the number is right, and whether this credential may read the account.',
		);
	return ids[0];
}

function withNumber(number: string, { byId, failure }: Awaited<ReturnType<ReadNames>>): string[] {
	if (failure !== undefined)
		throw new UserError(
			'The bank accounts could not be read, so there is no account for the IBAN',
			`Nothing was sent. ${failure}. Give the account by its ID, or a credential that may read accounts.`,
		);
	return [...byId].filter(([, account]) => compact(account.iban) === number).map(([id, account]) => String(account.id ?? id));
}
