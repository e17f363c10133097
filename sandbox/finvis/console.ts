import { z } from 'zod';
import type { World } from '../world';
import type { PaymentBatch } from './objects';

const changeSchema = z.strictObject({
	name: z.string().optional(),
	execution_date: z.string().date().optional(),
	total_amount: z
		.string()
		.regex(/^\d+\.\d\d$/)
		.optional(),
});

export type BatchChange = z.input<typeof changeSchema>;

/** What a person in the Finvis console changes about a batch, past the API; throws an error that names a wrong field. */
export function changeBatch(world: World, id: string, change: unknown): PaymentBatch {
	const patch = changeSchema.parse(change);
	for (const { batches } of world.finvis.all()) {
		const batch = batches.get(id);
		if (batch !== undefined) return batches.update(batch, { ...patch, updated_at: world.clock.iso() });
	}
	throw new Error(`There is no payment batch ${id}`);
}
