import type { Order } from '../fondo/objects';
import { instrumentName } from './labels';
import type { View } from './view';

export const latestChangeFirst = ({ state }: View): Order[] =>
	[...state.fondo.store.orders.all()].sort((a, b) => (a.modifiedDate < b.modifiedDate ? 1 : -1));

export const referenceOf = ({ clientRef = '' }: Order): string => (clientRef === '' ? 'no reference' : clientRef);

/** What finds an order. */
export const textsOf = ({ state }: View, { id, clientRef, account, instrument, status }: Order) => [
	id,
	clientRef,
	account,
	instrument,
	status,
	instrumentName(state, instrument),
];
