import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

export const manifest = () => JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
