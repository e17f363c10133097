import { behaviourOf, POSITIONS, positionsOf } from '../vendors';
import type { Api, Behaviour, Position } from '../vendors/position';

/** A position as a reader sees it. */
export type PositionState = Pick<Position, 'name' | 'api' | 'axis' | 'sentence'> & { on: boolean };

/** The vendor positions that are switched on, and the behaviour of each API that follows from them. */
export class VendorPositions {
	private names: readonly string[] = [];
	private behaviours: Readonly<Record<Api, Behaviour>> = { fondo: behaviourOf('fondo'), finvis: behaviourOf('finvis') };

	constructor(names: readonly string[] = []) {
		this.set(names);
	}

	/** Replaces the positions. Throws an error for an unknown name, and for two positions of one axis; nothing changes then. */
	set(names: readonly string[]): void {
		this.names = positionsOf(names).map(({ name }) => name);
		this.behaviours = { fondo: behaviourOf('fondo', names), finvis: behaviourOf('finvis', names) };
	}

	on(): readonly string[] {
		return this.names;
	}

	list(): PositionState[] {
		return POSITIONS.map(({ name, api, axis, sentence }) => ({ name, api, axis, sentence, on: this.names.includes(name) }));
	}

	behaviour(api: Api): Behaviour {
		return this.behaviours[api];
	}
}
