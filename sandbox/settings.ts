import { z } from 'zod';
import { SIGNATURE_FORMATS } from './finvis/signature';

const positive = z.number().int().positive();

/** Everything about the two services that a test or a demo may want to change while they run. */
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
		/** The pause before a refused callback of a journey is sent again; it grows with each try. */
		callbackRetryMilliseconds: z.number().nonnegative(),
		rateLimit: z.strictObject({ requests: positive, seconds: z.number().positive() }).nullable(),
		/** Time an order spends in each step before the next one. */
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
		/** Whoever submitted a batch may not approve it. */
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

/** Settings as a tree of optional parts, for a start option or a PATCH. */
export type SettingsPatch = { fondo?: Partial<Settings['fondo']>; finvis?: Partial<Settings['finvis']> };

const patchSchema = z.strictObject({
	fondo: settingsSchema.shape.fondo.partial().optional(),
	finvis: settingsSchema.shape.finvis.partial().optional(),
});

/** Merges a patch; throws an error that names the setting and what it may be. */
export function patchSettings(current: Settings, patch: unknown): Settings {
	const parsed = patchSchema.safeParse(patch);
	if (!parsed.success) {
		throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`).join('; '));
	}
	return {
		fondo: { ...current.fondo, ...parsed.data.fondo },
		finvis: { ...current.finvis, ...parsed.data.finvis },
	};
}
