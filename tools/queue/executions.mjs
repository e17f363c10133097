import { readFileSync } from 'node:fs';

const idsIn = (log, pattern) => [...readFileSync(log, 'utf8').matchAll(pattern)].map(([, id]) => id);

/** The IDs of the executions that a worker has started, by its log. */
export const startedBy = (log) => idsIn(log, /Worker started execution (\d+) /g);

/** The IDs of the executions that the main process or the webhook processor has put into the queue, by its log. */
export const enqueuedBy = (log) => idsIn(log, /Enqueued execution (\d+) /g);
