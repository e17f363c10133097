/** Inputs that reports and bank documents suggested, V1 to V20, one test each: what the user means, or a refusal in words. */
import { finvisConnection } from '../../../nodes/Finvis/connection';
import { payment } from '../../../nodes/Finvis/payments';
import { paymentBatch } from '../../../nodes/Finvis/resources/paymentBatch';
import { executorRef } from '../../../nodes/Fondo/fields';
import { endToEndIdFor } from '../../../nodes/shared/core/reference';
import { UserError } from '../../../nodes/shared/core/userError';
import { decimal, quantity } from '../../../nodes/shared/fields/amount';
import { day } from '../../../nodes/shared/fields/date';
import type { Field } from '../../../nodes/shared/fields/field';
import { idOnly } from '../../../nodes/shared/fields/locator';
import { rawBody } from '../../../nodes/shared/fields/json';
import { readFields } from '../../../nodes/shared/fields/readFields';
import { reference } from '../../../nodes/shared/fields/reference';
import { text } from '../../../nodes/shared/fields/text';
import { bankAccount, iban } from '../../../nodes/shared/swedish/bankAccount';
import { bankgiro, ocr } from '../../../nodes/shared/swedish/giro';

const look = { label: 'Field', description: 'A field', example: '1' };
const read = (field: Field<unknown>, value: unknown, timezone = 'Europe/Stockholm') => field.read(value, { timezone });
const refusal = (field: Field<unknown>, value: unknown) => {
	const result = read(field, value);
	if (!(result instanceof UserError)) throw new Error(`${String(value)} was read as ${JSON.stringify(result)}`);
	return result.message;
};

test.each(['2027-02-30', '2027-06-31', '2026-02-31', '2026-03-06T10:00:00+99:00'])('V1: %s is refused', (value) => {
	expect(refusal(day(look), value)).toContain('not exist');
});

test('V2: a moment is the day in the zone of the workflow, and a UTC midnight is a day', () => {
	const moment = '2027-03-04T23:00:00.000Z';
	expect(read(day(look), moment)).toBe('2027-03-05');
	expect(read(day(look), new Date(moment))).toBe('2027-03-05');
	for (const zone of ['Europe/Stockholm', 'America/New_York', 'Pacific/Auckland', 'UTC'])
		expect(read(day(look), '2027-03-05T00:00:00.000Z', zone)).toBe('2027-03-05');
});

test.each(['2,02604E+11', '2.02604E+11', 1.2345678901234568e24])('V3: the OCR number %s, which a sheet has spoilt, is refused', (value) => {
	expect(refusal(payment.message, value)).toMatch(/shortened|lost/);
});

test.each([[{ name: 'A AB' }], [['A AB', 'B AB']], [NaN], [false]])('V4: %j is no text and no ID', (value) => {
	for (const field of [payment.creditorName, text(look), idOnly(look)]) expect(refusal(field, value)).not.toBe('');
});

test.each(['INV-undefined', 'INV-[object Object]', 'INV-null', 'NaN'])('V5: the reference %s is refused', (value) => {
	expect(refusal(reference, value)).toContain('which an expression leaves behind');
});

test('V6: references that look alike are one', () => {
	const spaces = ['INV 2026 0042', 'INV\u00a02026\u00a00042', 'INV  2026 0042', 'INV 2026 0042\u200b'].map((one) => read(reference, one));
	expect(new Set(spaces)).toEqual(new Set(['INV 2026 0042']));
	expect(read(reference, 'INV\u20112026\u20110043')).toBe(read(reference, 'INV-2026-0043'));
});

test('V7: a reference of 5,000 characters or with a line break is refused', () => {
	expect(refusal(reference, 'x'.repeat(5_000))).toBe('has 5000 characters, more than 100');
	expect(refusal(reference, 'INV\n1')).toContain('line break');
});

test('V8: spaces and hyphens of every kind are folded for the check and for what is sent', () => {
	const account = (value: string) => String(read(payment.creditorAccount, value));
	for (const written of ['SE35\u00a05000 0000 0549 1000 0003', 'SE35\t50000000054910000003', 'SE3550000000054910000003\u200b'])
		expect(iban(account(written))).toBeUndefined();
	for (const written of ['5050\u20131055', '5050\u20111055']) expect(bankgiro(account(written))).toBeUndefined();
	expect(ocr(String(read(payment.message, '12\u00a01212\u00a01212')))).toBeUndefined();
});

test.each(['9960-1111111116', '9500-1111111116'])('V9: %s, a PlusGiro account at Nordea, is right', (value) => {
	expect(bankAccount(value)).toBeUndefined();
});

test.each(['2110-1234563', '9600-1234566', '9610-1234568', '9770-1234578'])('V10: the bank of %s is known', (value) => {
	expect(bankAccount(value)).toBeUndefined();
});

test('V11: a wrong check digit of Swedbank is found', () => {
	expect(bankAccount('8327-9, 014 725 892-5')).toBeUndefined();
	for (const wrong of ['8327-9, 014 725 892-6', '8327-9, 014 725 829-5', '8327-9,1']) expect(bankAccount(wrong)).toBeDefined();
});

test.each(['191500722390', '191500882392'])('V12: the coordination number %s has no month of birth', (value) => {
	expect(executorRef.check?.(value, {}, { timezone: 'UTC' })).toBeUndefined();
	expect(executorRef.check?.('49ad7378-121c-4a53-9894-dfd14a7b4877', {}, { timezone: 'UTC' })).toBeUndefined();
});

test('V13: an end-to-end ID has at most 35 characters', () => {
	const uuid = '49ad7378-121c-4a53-9894-dfd14a7b4877';
	expect(endToEndIdFor(uuid, 0, 1, () => 'abcdef0123456789').length).toBeLessThanOrEqual(35);
	expect(endToEndIdFor('x'.repeat(33), 9, 10, () => 'abcdef0123456789').length).toBeLessThanOrEqual(35);
	expect(refusal(payment.endToEndId, uuid)).toBe('has 36 characters, more than 35');
});

test.each(['-250.00', '-125,50', '\u2212125.00', '125.00-'])('V14: %s is called negative', (value) => {
	expect(refusal(decimal(look), value)).toMatch(/^'-.*' is negative$/);
});

test('V15: units are read as JavaScript writes them', () => {
	expect(read(quantity({ ...look, decimals: 7 }), 4e-7)).toBe(4e-7);
	expect(read(quantity({ ...look, decimals: 7 }), '0.0000004')).toBe(4e-7);
});

test('V16: the client ID is trimmed', () => {
	const credential = { environment: 'local', clientId: ' partner\n', clientSecret: 'x', tenantMode: 'own' };
	expect(finvisConnection(credential).identity).toBe(finvisConnection({ ...credential, clientId: 'partner' }).identity);
});

test('V17: an IBAN of the Ivory Coast has letters in it', () => {
	expect(iban('CI22CI0010000100000123456789')).toBeUndefined();
});

test('V18: an amount above 2^53 has lost digits', () => {
	for (const field of [decimal(look), quantity({ ...look, decimals: 2 })]) expect(refusal(field, 12345678901234567890)).toContain('lost');
});

test.each(['constructor', 'toString', '__proto__'])('V19: %s is no account type', (value) => {
	expect(refusal(payment.creditorAccountType, value)).toContain('is not one of');
	expect(paymentBatch.operations.create.fields.bankDay.read(value, { timezone: 'UTC' })).toBeInstanceOf(UserError);
});

test('V20: a tenant in capitals is the same tenant', () => {
	const tenantId = '3F8F1A90-6D4E-4D6B-9A53-6A0B7A1C2D3E';
	const credential = { environment: 'local', clientId: 'partner', clientSecret: 'x', tenantId };
	expect(finvisConnection(credential).identity).toBe(finvisConnection({ ...credential, tenantId: tenantId.toLowerCase() }).identity);
});

test('an object 20,000 levels deep is refused by the name of its field', () => {
	let deep: unknown = 1;
	for (let level = 0; level < 20_000; level += 1) deep = { deep };
	const reading = () => readFields({ rawBody }, () => deep, { timezone: 'Europe/Stockholm' });
	expect(reading).toThrow("'Raw JSON Body': it is nested too deep");
});

test('an account number of one digit is refused in words', () => {
	for (const account of ['60001', '33001', '37821']) expect(bankAccount(account)).toBe('it has too few digits for an account of its bank');
});
