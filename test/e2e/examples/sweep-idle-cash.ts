import { runSweep } from '../../../tools/demo/sweep';
import type { Check } from './world';

export const check: Check = async (world, file) => {
	const example = { workflow: await world.imported(file), trigger: 'Start' };
	const first = await runSweep(world, example);
	expect(first.moved.map(({ kind }) => kind).sort()).toEqual(['order', 'order', 'order', 'payment', 'payment', 'payment']);
	const second = await runSweep(world, example);
	expect([second.execution.status, second.moved]).toEqual(['success', []]);
};
