import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EXAMPLES } from '../../tools/stack.mjs';
import { World } from './examples/world.mjs';

const MOST_MS = 300_000;

let world;
beforeEach(async () => {
	world = await World.begin();
});
afterEach(async () => await world.end());

describe.each(EXAMPLES)('%s', (file) => {
	const check = new URL(`./examples/${file.replace('.json', '.mjs')}`, import.meta.url);

	test(
		'does what it says, once',
		async () => {
			if (!existsSync(check)) throw new Error(`No ${check.pathname} checks what examples/${file} does`);
			const { default: does } = await import(check.href);
			await does(world, file);
			expect.hasAssertions();
		},
		MOST_MS,
	);
});
