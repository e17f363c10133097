// Payment files as Swedish programs write them, and how the recipe of docs/cookbook.md reads each.
import type { INodeParameters } from 'n8n-workflow';

/** The day in every file. It lies far ahead, because the files never change. */
export const DAY = '2035-03-07';

export interface PaymentFile {
	readonly name: string;
	/** The options of Extract from File. */
	readonly read: INodeParameters;
	/** The fields of Create From Items, by the columns of the file. */
	readonly fields: INodeParameters;
	/** Account, amount, reference and payee of each payment. */
	readonly paid: ReadonlyArray<readonly [account: string, amount: string, reference: string, payee: string]>;
	readonly total: string;
	/** What a wrong row says in place of a right one, and the message about it. */
	readonly wrong: readonly [right: string, wrong: string, message: string];
}

export const files: readonly PaymentFile[] = [
	{
		name: 'fortnox',
		read: { delimiter: ';', enableBOM: true },
		fields: {
			executionDate: '={{ $json["Förfallodatum"] }}',
			amount: '={{ $json.Restbelopp }}',
			creditorName: '={{ $json["Leverantörsnamn"] }}',
			creditorAccountType: '={{ $json.BG ? "BG" : $json.PG ? "PG" : "Bankkonto" }}',
			creditorAccount: '={{ $json.BG ?? $json.PG ?? $json.Clearing + "-" + $json.Bankkonto }}',
			message: '={{ $json.OCR ?? "Faktura " + $json.Fakturanr }}',
			endToEndId: '={{ $json.Fakturanr }}',
		},
		paid: [
			['5050-1055', '12500.00', 'F-20350042', 'Nordiska Kontorsvaror AB'],
			['90 20 03-3', '3120.25', '7781', 'Åkeri & Söner i Växjö AB'],
			['6000-123 456 789', '950.00', '2035-17', 'Göran Öberg Måleri'],
		],
		total: '16570.25',
		wrong: ['\u00A0120,25;;90', '\u00A0120.25;;90', "Row 2: 'Amount': '3\u00A0120.25' is not an amount as Swedes write it"],
	},
	{
		name: 'visma',
		read: { delimiter: ';', enableBOM: true },
		fields: {
			executionDate: '={{ $json["Förfallodatum"] }}',
			amount: '={{ $json["Att betala"] }}',
			creditorName: '={{ $json["Leverantör"] }}',
			creditorAccountType: '={{ $json.Bankgiro ? "Bankgiro" : $json.Plusgiro ? "Plusgiro" : "IBAN" }}',
			creditorAccount: '={{ $json.Bankgiro ?? $json.Plusgiro ?? $json.IBAN }}',
			message: '={{ $json["OCR/Meddelande"] }}',
			endToEndId: '={{ $json.Fakturanummer }}',
		},
		paid: [
			['505-0109', '1250.50', '4711', 'Nordiska Kontorsvaror AB'],
			['412345-1', '499.00', '88', 'Städbolaget "Rent & Snyggt" HB'],
			['SE45 5000 0000 0583 9825 7466', '22000.00', 'DE-9', 'Müller; Söhne GmbH'],
		],
		total: '23749.50',
		wrong: ['0583 9825 7466', '0583 9825 7467', "Row 3: 'Creditor Account' [account …7467]: the check digits of the IBAN do not fit"],
	},
	{
		name: 'bokio',
		read: { delimiter: ',' },
		fields: {
			executionDate: '={{ $json["Förfallodatum"] }}',
			amount: '={{ $json.Belopp }}',
			creditorName: '={{ $json["Leverantör"] }}',
			creditorAccountType: '={{ $json["Betalningssätt"] }}',
			creditorAccount: '={{ $json.Mottagarkonto }}',
			message: '={{ $json["OCR eller meddelande"] }}',
			endToEndId: '={{ $json.Fakturanummer }}',
		},
		paid: [
			['50501055', '349.50', '1042', 'Fikabröd i Örebro AB'],
			['9020033', '18500.00', '2035-03', 'Hyresvärden, kontoret'],
			['6000-123456789', '1200.00', 'UTL-7', 'Anna Ängström'],
		],
		total: '20049.50',
		wrong: [',Plusgiro,', ',Autogiro,', "Row 2: 'Creditor Account Type': 'Autogiro' is not one of Bankgiro"],
	},
	{
		name: 'excel',
		read: { delimiter: ';', encoding: 'latin1' },
		fields: {
			executionDate: "={{ DateTime.fromISO('1899-12-30').plus({ days: Number($json.Betaldag) }).toISODate() }}",
			amount: '={{ $json.Belopp }}',
			creditorName: '={{ $json["Leverantör"] }}',
			creditorAccountType: '={{ $json.Kontotyp }}',
			creditorAccount: '={{ $json.Konto }}',
			message: '={{ $json["OCR eller meddelande"] }}',
			endToEndId: '={{ $json.Faktura }}',
		},
		paid: [
			['5050-1055', '12500.00', 'INV-1', 'Elfirman Blå AB'],
			['90 20 03-3', '75.5', 'INV-2', 'Café Järnvägen'],
			['SE35 5000 0000 0549 1000 0003', '42345.67', 'INV-3', 'Skatteverket'],
		],
		total: '54921.17',
		wrong: [';00012345674;', ';2,02604E+11;', "Row 1: 'OCR or Message': is '2,02604E+11', a number that a spreadsheet has shortened"],
	},
	{
		name: 'bank',
		read: { delimiter: ';', enableBOM: true, fromLine: 2 },
		fields: {
			executionDate: '={{ $json.Betaldag }}',
			amount: '={{ $json.Belopp }}',
			creditorName: '={{ $json.Mottagare }}',
			creditorAccountType: '={{ $json.Kontotyp }}',
			creditorAccount: '={{ $json["Till konto"] }}',
			message: '={{ $json.Meddelande }}',
			endToEndId: '={{ $json["Ert id"] }}',
		},
		paid: [
			['5050-1055', '1000.00', 'B-1', 'NORDISKA KONTORSVAROR AB'],
			['412345-1', '2000.50', 'B-2', 'ÖSTBERGS EL'],
			['6000-123 456 789', '31415.92', 'B-3', 'LÖN K ÅKESSON'],
		],
		total: '34416.42',
		wrong: ['SEK;20350307;Lön', 'SEK;20350308;Lön', "Row 3: 'Execution Date' differs from row 1"],
	},
];
