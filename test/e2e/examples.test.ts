import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../tools/harness/stack';
import { World, type Check } from './examples/world';

const MOST_MS = 300_000;

let world: World;
beforeEach(async () => {
	world = await World.begin();
});
afterEach(async () => await world.end());

describe.each(EXAMPLES)('%s', (file) => {
	const checkFile = join(__dirname, 'examples', file.replace('.json', '.ts'));

	test(
		'does what it says, once',
		async () => {
			if (!existsSync(checkFile)) throw new Error(`No ${checkFile} checks what examples/${file} does`);
			const { check }: { check: Check } = require(checkFile);
			await check(world, file);
			expect.hasAssertions();
		},
		MOST_MS,
	);
});
