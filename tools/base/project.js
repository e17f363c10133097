// @ts-check
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const projectRoot = join(__dirname, '..', '..');

/** @returns {{ name: string, version: string, engines: { node: string }, n8n: { nodes: string[], credentials: string[] } }} */
const manifest = () => JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));

module.exports = { projectRoot, manifest };
