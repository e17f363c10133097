/** A process of its own, because two cores try twice as many vendors. tools/vendors/cli.ts starts it and hands out the vendors. */
import type { Api } from '../../sandbox/vendors/position';
import { Lab, type Verdicts } from './lab';
import type { Tried } from './table';
import { TriggerLab } from './triggerLab';

export type Task = Pick<Tried, 'api' | 'names'>;

/** The operations and the triggers of an API, each with sandboxes of their own. */
const labs = new Map<Api, Promise<[Lab, TriggerLab]>>();

/** One after the other, as all that follows: they share the memory of n8n in this process. */
const open = async (api: Api): Promise<[Lab, TriggerLab]> => [await Lab.open(api), await TriggerLab.open(api)];

async function tryVendor({ api, names }: Task): Promise<Verdicts> {
	const opened = labs.get(api) ?? open(api);
	labs.set(api, opened);
	const [operations, triggers] = await opened;
	const verdicts = await operations.try(names);
	return { ...verdicts, ...(await triggers.try(names)) };
}

process.once('disconnect', () => process.exit());
process.on('message', (task: Task) => {
	void tryVendor(task).then(
		(verdicts) => process.send?.({ ...task, verdicts }),
		(error: Error) => process.send?.({ ...task, verdicts: {}, failure: error.stack }),
	);
});
