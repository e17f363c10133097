// `npm run sandbox`: the sandbox in this very process, so that a signal reaches it.
import { createRequire } from 'node:module';
import { ensureInstalled } from '../install.mjs';

await ensureInstalled();
const require = createRequire(import.meta.url);
require('tsx/cjs/api').register();
require('../../sandbox/cli.ts');
