import { z } from 'zod';

/** What was wrong with a request, in one line. */
export function explain(error: unknown): string {
	if (error instanceof z.ZodError) {
		return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
	}
	return error instanceof Error ? error.message : String(error);
}
