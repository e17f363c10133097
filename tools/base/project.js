// @ts-check
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const projectRoot = join(__dirname, '..', '..');

/** The packages that are published from this source, by the folder of their package.json; the first has both services. */
const packageRoots = ['.', 'packages/fondo', 'packages/finvis'];

/**
 * The package.json of one of the packages, or of a folder elsewhere.
 * @returns {{ name: string, version: string, engines: { node: string }, n8n: { nodes: string[], credentials: string[] } }}
 */
const manifest = (root = '.') => JSON.parse(readFileSync(resolve(projectRoot, root, 'package.json'), 'utf8'));

module.exports = { projectRoot, packageRoots, manifest };
