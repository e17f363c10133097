// Loads the package as n8n does, and says how many milliseconds it took. n8n-workflow is there already, as it is in n8n.
const { join } = require('node:path');
const { readFileSync } = require('node:fs');
require('n8n-workflow');

const [, , root] = process.argv;
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const began = performance.now();
for (const file of [...n8n.credentials, ...n8n.nodes]) for (const One of Object.values(require(join(root, file)))) new One();
console.log(performance.now() - began);
