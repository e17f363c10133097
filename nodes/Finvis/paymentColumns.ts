import type { IDataObject } from 'n8n-workflow';
import { UserError } from '../shared/core/userError';
import type { ColumnTable } from '../shared/fields/columns';
import { isFilled } from '../shared/fields/columns';
import type { Finding } from '../shared/fields/field';

/** Columns that name the account and its type in one. */
const ACCOUNTS = ['bankgiro', 'plusgiro', 'iban', 'bban'] as const;

const columns = {
	amount: { label: 'Amount', aliases: ['Belopp', 'Summa', 'Att betala', 'Belopp SEK', 'Amount SEK'] },
	creditorName: {
		label: 'Creditor Name',
		aliases: [
			'Mottagare',
			'Betalningsmottagare',
			'Betalas till',
			'Leverantör',
			'Leverantörsnamn',
			'Namn',
			'Name',
			'Payee',
			'Supplier',
			'Recipient',
			'Creditor',
		],
	},
	bankgiro: { label: 'Bankgiro', aliases: ['BG', 'Bankgironummer', 'Bankgironr', 'BG-nr'] },
	plusgiro: { label: 'Plusgiro', aliases: ['PG', 'Plusgironummer', 'Plusgironr', 'PG-nr', 'Postgiro'] },
	iban: { label: 'IBAN', aliases: [] },
	bban: { label: 'Account Number (BBAN)', aliases: ['BBAN', 'Bankkonto', 'Bankkontonummer'] },
	creditorAccountType: { label: 'Creditor Account Type', aliases: ['Kontotyp', 'Account Type'] },
	creditorAccount: { label: 'Creditor Account', aliases: ['Mottagarkonto', 'Kontonummer'] },
	ocr: { label: 'OCR', aliases: ['OCR-nummer', 'OCR-nr', 'OCR Number'] },
	message: { label: 'OCR or Message', aliases: ['Meddelande', 'Message', 'OCR/Meddelande'] },
	ocrControl: { label: 'OCR Control', aliases: ['OCR-kontroll'] },
	endToEndId: { label: 'End-to-End ID', aliases: [] },
	executionDate: {
		label: 'Due Date',
		aliases: [
			'Förfallodatum',
			'Execution Date',
			'Payment Date',
			'Förfallodag',
			'Betaldag',
			'Betaldatum',
			'Betalningsdatum',
			'Betalningsdag',
		],
	},
	currency: { label: 'Currency', aliases: ['Valuta'] },
} as const;

/** One cell of several that mean the same: two filled ones contradict each other. */
function oneOf(cells: IDataObject, names: ReadonlyArray<keyof typeof columns>, word: string): keyof typeof columns | undefined {
	const [first, second] = names.filter((name) => isFilled(cells[name]));
	if (second === undefined) return first;
	throw new UserError(
		`has both '${columns[first].label}' and '${columns[second].label}'`,
		`A payment has one ${word}. Empty one of the two cells.`,
	);
}

function rowOf({ bankgiro, plusgiro, iban, bban, ocr, message, ...cells }: IDataObject): IDataObject {
	const accounts: IDataObject = { bankgiro, plusgiro, iban, bban, creditorAccount: cells.creditorAccount };
	const account = oneOf(accounts, [...ACCOUNTS, 'creditorAccount'], 'account');
	const texts: IDataObject = { ocr, message };
	const text = oneOf(texts, ['ocr', 'message'], 'message');
	return {
		...cells,
		...(account !== undefined && account !== 'creditorAccount' ? { creditorAccountType: account, creditorAccount: accounts[account] } : {}),
		...(text === undefined ? {} : { message: texts[text] }),
	};
}

/** The columns of a sheet of payments, by Swedish and English names. */
export const paymentColumns: ColumnTable = {
	method: 'getPaymentColumns',
	columns,
	needed: [['amount'], ['creditorName'], ['creditorAccount', ...ACCOUNTS]],
	rowOf,
};

/** What a sheet may say in each row of the whole batch. */
export interface CellsOfBatch {
	readonly executionDate?: string;
	readonly currency?: string;
}

/** A finding for each row whose due date or currency is not that of the batch: without it the batch would pay on another day, or in another currency. */
export function cellsThatDiffer(rows: readonly CellsOfBatch[], { executionDate, currency = 'SEK' }: CellsOfBatch): Finding[] {
	const batch = { executionDate, currency };
	return rows.flatMap((row, index) =>
		(['executionDate', 'currency'] as const).flatMap((name): Finding[] => {
			const [cell, ofBatch] = [row[name], batch[name]].map((text) => text?.toUpperCase());
			if (cell === undefined || ofBatch === undefined || cell === ofBatch) return [];
			const { label } = columns[name];
			const rule = `is ${cell}, and the batch has ${ofBatch}`;
			return [
				{ row: index + 1, field: label, rule, message: `Row ${index + 1}: '${label}' ${rule}`, advice: ADVICE[name], severity: 'stop' },
			];
		}),
	);
}

const SPLIT = "turn on 'One Batch per Due Date' in the additional fields";
const ADVICE = {
	executionDate: `If the cell is right, ${SPLIT}. If not, correct it, or map the columns by hand and leave this one out.`,
	currency: `Correct the cell. If it is right, ${SPLIT}: it also makes a batch for each currency.`,
};
