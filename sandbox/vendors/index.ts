/** The family of vendors: every position by name, and several of them combined into one behaviour. */
import { AS_WRITTEN } from './asWritten';
import type { Api, Behaviour, Position } from './position';
import { acts } from './positions/acts';
import { answers } from './positions/answers';
import { batchNames } from './positions/batchNames';
import { errors } from './positions/errors';
import { events } from './positions/events';
import { fieldWriting } from './positions/fieldWriting';
import { keys } from './positions/keys';
import { listShapes } from './positions/listShapes';
import { paging } from './positions/paging';
import { references } from './positions/references';
import { rowsShown } from './positions/rowsShown';
import { statuses } from './positions/statuses';
import { throttling } from './positions/throttling';
import { tokens } from './positions/tokens';
import { validateOnly } from './positions/validateOnly';
import { webhooks } from './positions/webhooks';
import { wirePositions } from './positions/wire';

export const POSITIONS: readonly Position[] = [
	...references,
	...batchNames,
	...rowsShown,
	...paging,
	...listShapes,
	...answers,
	...keys,
	...fieldWriting,
	...statuses,
	...validateOnly,
	...acts,
	...tokens,
	...errors,
	...throttling,
	...wirePositions,
	...events,
	...webhooks,
];

/** Positions that the pure models show as well. */
export const MODELLED = POSITIONS.filter(({ wire }) => wire !== true);

const byName = new Map(POSITIONS.map((position) => [position.name, position]));

/** Positions by their names. Refuses an unknown name, and two positions of one axis. */
export function positionsOf(names: readonly string[]): readonly Position[] {
	const ofAxis = new Map<string, Position>();
	for (const name of names) {
		const position = byName.get(name);
		if (!position) throw new RangeError(`There is no vendor position "${name}".`);
		const axis = `${position.api}: ${position.axis}`;
		const other = ofAxis.get(axis);
		if (other) throw new RangeError(`The positions "${other.name}" and "${name}" exclude each other: both say "${axis}".`);
		ofAxis.set(axis, position);
	}
	return [...ofAxis.values()];
}

/** The behaviour of one API's vendor: as the contract is written, changed by the positions of that API. */
export function behaviourOf(api: Api, names: readonly string[] = []): Behaviour {
	return positionsOf(names)
		.filter((position) => position.api === api)
		.reduce<Behaviour>((behaviour, { hooks }) => ({ ...behaviour, ...hooks }), AS_WRITTEN[api]);
}
