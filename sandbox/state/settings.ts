import { z } from 'zod';
import { describeIssues } from './validation';

const positive = z.number().int().positive();

/** How the webhook signature may be written: the contract does not say. */
export const SIGNATURE_FORMATS = ['hex', 'base64', 'sha256=hex', 'sha256=base64'] as const;
export type SignatureFormat = (typeof SIGNATURE_FORMATS)[number];

/** Behaviour of both APIs that a test or a demo can change while the sandbox runs. */
export const settingsSchema = z.strictObject({
	fondo: z.strictObject({
		tokenLifetimeSeconds: z.number().positive(),
		cursor: z.enum(['inclusive', 'exclusive']),
		pageCap: positive.nullable(),
		createAnswer: z.enum(['body', 'empty']),
		validateOnlyAnswer: z.enum(['body', 'empty']),
		heartbeatSeconds: z.number().positive(),
		refuseUpgrades: z.boolean(),
		journeyMinutes: z.number().positive(),
		/** Where every event is sent as a callback too; null: nowhere. */
		callbackUrl: z.string().url().nullable(),
		/** Delay before the second attempt to send a callback; later delays are two and three times as long. */
		callbackRetryMilliseconds: z.number().nonnegative(),
		rateLimit: z.strictObject({ requests: positive, seconds: z.number().positive() }).nullable(),
		/** Seconds that an order stays in each status. */
		orderSteps: z.strictObject({
			received: z.number().nonnegative(),
			pending: z.number().nonnegative(),
			sent: z.number().nonnegative(),
			confirmed: z.number().nonnegative(),
		}),
		paymentSteps: z.strictObject({ new: z.number().nonnegative(), processing: z.number().nonnegative() }),
	}),
	finvis: z.strictObject({
		tokenLifetimeSeconds: z.number().positive(),
		list: z.enum(['wrapped', 'bare']),
		pageCap: positive.nullable(),
		pageSize: positive,
		maxPageSize: positive,
		rateLimit: z.strictObject({ requests: positive, seconds: z.number().positive() }).nullable(),
		rateLimitReset: z.enum(['seconds', 'epoch']),
		retryAfter: z.boolean(),
		waitForExecutionDate: z.boolean(),
		/** The person who submitted a batch may not approve it. */
		fourEyes: z.boolean(),
		batchSteps: z.strictObject({ approved: z.number().nonnegative(), processing: z.number().nonnegative() }),
		webhookRetryMilliseconds: z.number().nonnegative(),
		webhookSignature: z.enum(SIGNATURE_FORMATS),
	}),
});

export type Settings = z.infer<typeof settingsSchema>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export const defaultSettings: Settings = {
	fondo: {
		tokenLifetimeSeconds: 432_000,
		cursor: 'inclusive',
		pageCap: null,
		createAnswer: 'body',
		validateOnlyAnswer: 'body',
		heartbeatSeconds: 15,
		refuseUpgrades: false,
		journeyMinutes: 24 * 60,
		callbackUrl: null,
		callbackRetryMilliseconds: 1000,
		rateLimit: null,
		orderSteps: { received: 5 * MINUTE, pending: HOUR, sent: 24 * HOUR, confirmed: 48 * HOUR },
		paymentSteps: { new: HOUR, processing: 24 * HOUR },
	},
	finvis: {
		tokenLifetimeSeconds: 3600,
		list: 'wrapped',
		pageCap: null,
		pageSize: 50,
		maxPageSize: 200,
		rateLimit: { requests: 600, seconds: 60 },
		rateLimitReset: 'seconds',
		retryAfter: true,
		waitForExecutionDate: true,
		fourEyes: false,
		batchSteps: { approved: MINUTE, processing: MINUTE },
		webhookRetryMilliseconds: 100,
		webhookSignature: 'hex',
	},
};

/** Some of the settings, for a start option or a PATCH. */
export type SettingsPatch = { fondo?: Partial<Settings['fondo']>; finvis?: Partial<Settings['finvis']> };

const patchSchema = z.strictObject({
	fondo: settingsSchema.shape.fondo.partial().optional(),
	finvis: settingsSchema.shape.finvis.partial().optional(),
});

/** The settings with a patch applied. Throws an error that names each wrong setting and its allowed values. */
export function patchSettings(current: Settings, patch: unknown): Settings {
	const parsed = patchSchema.safeParse(patch);
	if (!parsed.success) throw new Error(describeIssues(parsed.error, 'settings'));
	return {
		fondo: { ...current.fondo, ...parsed.data.fondo },
		finvis: { ...current.finvis, ...parsed.data.finvis },
	};
}
