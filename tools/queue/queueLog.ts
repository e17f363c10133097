import { readFileSync } from 'node:fs';

const idsIn = (log: string, pattern: RegExp) => [...readFileSync(log, 'utf8').matchAll(pattern)].map(([, id]) => id);

/** The IDs of the executions that a worker started, by its log. */
export const startedBy = (log: string) => idsIn(log, /Worker started execution (\d+) /g);

/** The IDs of the executions that the main process or the webhook processor put into the queue, by its log. */
export const enqueuedBy = (log: string) => idsIn(log, /Enqueued execution (\d+) /g);
