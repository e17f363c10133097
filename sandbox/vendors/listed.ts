import type { Behaviour, Life } from './position';

/** Whether a list shows a row at a time. */
export const isListed = ({ shownFrom, shownUntil }: Behaviour, life: Life, now: number) => now >= shownFrom(life) && now < shownUntil(life);
