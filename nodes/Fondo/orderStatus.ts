import type { IDataObject } from 'n8n-workflow';

/** Words of Fondo and of vendors like it for what will never be executed. */
const DEAD = /^(cancell?ed|rejected|declined|expired|failed|aborted)$/i;

/** Whether an order or a payment will never be executed. */
export const isDead = ({ status, aborted }: IDataObject) => aborted === true || DEAD.test(String(status ?? '').trim());

/** Words for an order that the fund has, that has its price, and whose money and units have moved. */
const SETTLED = 'settled|completed|executed';
export const ORDER_STATUSES = {
	sent: { label: 'Sent', reached: new RegExp(`^(sent|confirmed|${SETTLED})$`, 'i') },
	confirmed: { label: 'Confirmed', reached: new RegExp(`^(confirmed|${SETTLED})$`, 'i') },
	settled: { label: 'Settled', reached: new RegExp(`^(${SETTLED})$`, 'i') },
} as const;
