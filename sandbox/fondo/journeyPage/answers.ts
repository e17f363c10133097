import { z } from 'zod';
import { luhnDigit } from '../../state/checkDigits';

/** Personal number of the Swedish test person. */
export const TEST_NUMBER = '191212121212';

const personalNumber = z
	.string({ message: 'Enter your personal number: 12 digits, year first' })
	.transform((text) => text.replace(/[\s+-]/g, ''))
	.superRefine((digits, context) => {
		const message = numberProblem(digits);
		if (message !== undefined) context.addIssue({ code: 'custom', message });
	});

export const PURPOSES = ['Savings for later', 'Retirement', 'A home', 'Children'] as const;
export const ORIGINS = ['Salary', 'Savings', 'Inheritance or gift', 'Sale of property or company'] as const;
export const DEPOSITS = ['Up to 50 000 kr', '50 000 to 250 000 kr', 'More than 250 000 kr'] as const;
export const YES_NO = ['No', 'Yes'] as const;

const questions = {
	accountName: z.string().trim().min(1, 'Give the account a name').max(60, 'Use at most 60 characters').optional(),
	purpose: z.enum(PURPOSES).default(PURPOSES[0]),
	origin: z.enum(ORIGINS).default(ORIGINS[0]),
	yearlyDeposit: z.enum(DEPOSITS).default(DEPOSITS[0]),
	politicallyExposed: z.enum(YES_NO).default('No'),
};

export const identitySchema = z.object({ personalNumber });
export const answersSchema = z.object({ personalNumber, ...questions });
export type Answers = z.infer<typeof answersSchema>;

/** The customer's answers, or a problem for each wrong field. */
export function readAnswers<T extends z.ZodTypeAny>(
	schema: T,
	form: unknown,
): { answers: z.infer<T> } | { problems: Record<string, string> } {
	const parsed = schema.safeParse(form ?? {});
	if (parsed.success) return { answers: parsed.data };
	return { problems: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])) };
}

function numberProblem(digits: string): string | undefined {
	if (!/^\d{12}$/.test(digits)) return 'A personal number has 12 digits, year first: YYYYMMDDNNNN';
	const day = Number(digits.slice(6, 8));
	// A coordination number has its day of birth plus 60.
	const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${String(day > 60 ? day - 60 : day).padStart(2, '0')}`;
	const dateOfBirth = new Date(date);
	if (Number.isNaN(dateOfBirth.getTime()) || dateOfBirth.toISOString().slice(0, 10) !== date) return 'There is no such date of birth';
	return digits.endsWith(luhnDigit(digits.slice(2, 11))) ? undefined : 'The last digit does not match the others. Check the number';
}
