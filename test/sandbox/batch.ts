const creditor = {
	creditor_name: 'Leverantören AB',
	creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
};

export const today = () => new Date().toISOString().slice(0, 10);

export const payment = (fields = {}) => ({ amount: '100.10', ...creditor, end_to_end_id: 'E2E-1', ...fields });

/** The body of a batch with two payments, 100.30 in total. */
export const batchFrom = (accountId: string, fields = {}) => ({
	name: 'Vecka 10',
	account_id: accountId,
	execution_date: today(),
	payments: [payment(), payment({ amount: '0.20', end_to_end_id: 'E2E-2' })],
	...fields,
});
