/** A process of its own, because two cores try twice as many vendors. tools/vendors/cli.ts starts it and hands out the vendors. */
import type { Api } from '../../sandbox/vendors/position';
import { Lab } from './lab';
import type { Tried } from './table';

export type Task = Pick<Tried, 'api' | 'names'>;

const labs = new Map<Api, Promise<Lab>>();

const labOf = async (api: Api) => {
	const lab = labs.get(api) ?? Lab.open(api);
	labs.set(api, lab);
	return await lab;
};

process.once('disconnect', () => process.exit());
process.on('message', (task: Task) => {
	void labOf(task.api)
		.then(async (lab) => await lab.try(task.names))
		.then(
			(verdicts) => process.send?.({ ...task, verdicts }),
			(error: Error) => process.send?.({ ...task, verdicts: {}, failure: error.stack }),
		);
});
