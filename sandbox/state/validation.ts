import { z } from 'zod';

/** What is wrong with an input, in one line; `root` names the input itself. */
export function describeIssues({ issues }: z.ZodError, root: string): string {
	return issues.map(({ path, message }) => `${path.join('.') || root}: ${message}`).join('; ');
}

/** The message of any error, in one line. */
export function errorText(error: unknown): string {
	if (error instanceof z.ZodError) return describeIssues(error, 'body');
	return error instanceof Error ? error.message : String(error);
}
