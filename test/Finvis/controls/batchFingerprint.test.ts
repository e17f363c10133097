import { batchFingerprint } from '../../../nodes/Finvis/controls/batch';

/** The fingerprint that an approver compares: of what a batch says, not of how Finvis writes it. */

const BATCH = {
	id: '3f0c1f8e-50a5-4c67-8f1c-0d0a5a2f9b11',
	account_id: 'bbf7deb1-5333-48e6-b909-298b89b76de0',
	currency: 'SEK',
	total_amount: '12500.00',
	payment_count: 3,
	execution_date: '2026-12-03',
	updated_at: '2026-11-30T10:00:00Z',
	status: 'draft',
};

it.each([
	{ total_amount: 12500 },
	{ total_amount: '12500,00' },
	{ total_amount: '1.25E+4' },
	{ payment_count: '3' },
	{ execution_date: '2026-12-03T00:00:00+01:00' },
	{ execution_date: '2026-12-02T23:00:00Z' },
	{ currency: 'sek' },
	{ id: BATCH.id.toUpperCase() },
	{ status: 'pending_approval' },
])('is the same for %j', (writing) => {
	expect(batchFingerprint({ ...BATCH, ...writing })).toBe(batchFingerprint(BATCH));
});

it.each([
	{ id: '3f0c1f8e-50a5-4c67-8f1c-0d0a5a2f9b12' },
	{ account_id: '0bf7deb1-5333-48e6-b909-298b89b76de0' },
	{ currency: 'EUR' },
	{ total_amount: '125000.0' },
	{ total_amount: '12500.01' },
	{ payment_count: 4 },
	{ execution_date: '2026-12-04' },
	{ updated_at: '2026-11-30T10:00:01Z' },
])('differs for %j', (change) => {
	expect(batchFingerprint({ ...BATCH, ...change })).not.toBe(batchFingerprint(BATCH));
});

it.each(['total_amount', 'updated_at', 'execution_date'])('is missing where Finvis leaves out %s', (field) => {
	expect(batchFingerprint({ ...BATCH, [field]: undefined })).toBeUndefined();
});
