/** What happens when a check finds something: refuse before anything is sent, send it and say so, or do not look. */
export type Mode = 'stop' | 'warn' | 'off';

/** The option's choices, by stored value. */
export const MODES: Readonly<Record<Mode, string>> = { off: 'Off', stop: 'Stop', warn: 'Warn' };

export const isMode = (value: unknown): value is Mode => typeof value === 'string' && value in MODES;
