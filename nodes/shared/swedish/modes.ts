/** What happens when a check finds something: refuse before anything is sent, send it and say so, or do not look. */
export type CheckMode = 'stop' | 'warn' | 'off';

/** The option's choices, by stored value. */
export const CHECK_MODES: Readonly<Record<CheckMode, string>> = { off: 'Off', stop: 'Stop', warn: 'Warn' };

export const isCheckMode = (value: unknown): value is CheckMode => typeof value === 'string' && value in CHECK_MODES;
