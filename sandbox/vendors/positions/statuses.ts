import { HOUR } from '../durations';
import type { Api, Position } from '../position';

const ends = (api: Api, name: string, word: string): Position => ({
	name,
	api,
	axis: 'how an object ends early',
	sentence:
		api === 'fondo'
			? `One hour after it is made, Fondo ends an order with the status "${word}".`
			: `One hour after it is made, Finvis ends a batch that is not executed with the status "${word}".`,
	hooks: { death: { after: HOUR, word } },
});

const writes = (api: Api, name: string, sentence: string, status: (word: string) => string): Position => ({
	name,
	api,
	axis: 'words of statuses',
	sentence,
	hooks: { status },
});

export const statuses: readonly Position[] = [
	ends('fondo', 'orders-rejected', 'rejected'),
	ends('fondo', 'orders-rejected-in-capitals', 'REJECTED'),
	ends('fondo', 'orders-declined', 'declined'),
	ends('fondo', 'orders-expired', 'expired'),
	ends('fondo', 'orders-canceled', 'canceled'),
	ends('fondo', 'orders-cancelled', 'cancelled'),
	writes('fondo', 'orders-of-unknown-status', 'Fondo gives an order that is under way the status "parked".', (word) =>
		word === 'received' ? 'parked' : word,
	),
	writes('fondo', 'fondo-statuses-in-capitals', 'Fondo writes statuses in capitals.', (word) => word.toUpperCase()),
	ends('finvis', 'batches-rejected', 'rejected'),
	ends('finvis', 'batches-rejected-in-capitals', 'REJECTED'),
	ends('finvis', 'batches-declined', 'declined'),
	ends('finvis', 'batches-expired', 'expired'),
	ends('finvis', 'batches-canceled', 'canceled'),
	ends('finvis', 'batches-cancelled', 'cancelled'),
	writes('finvis', 'batches-of-unknown-status', 'Finvis gives a draft the status "parked".', (word) =>
		word === 'draft' ? 'parked' : word,
	),
	writes('finvis', 'finvis-statuses-in-capitals', 'Finvis writes statuses in capitals.', (word) => word.toUpperCase()),
];
