import Module, { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a TypeScript file of this project, as it is, into this process. */
export function load(file) {
	require('tsx/cjs/api').register();
	// Beside `Fondo.node.ts` stands `Fondo.node.json`; who imports `./Fondo.node` means the code.
	const { ['.json']: json, ...others } = Module._extensions;
	delete Module._extensions['.json'];
	Object.assign(Module._extensions, others, { '.json': json });
	return require(file);
}
