// The process that runs the nodes, so that it can be killed like n8n. For './Fondo.node', Node takes the first extension that exists, so
// .json comes last here: Fondo.node.json is not the code.
const { '.json': json } = require.extensions;
Reflect.deleteProperty(require.extensions, '.json');
require.extensions['.json'] = json;
// Ends with the process that started it.
process.once('disconnect', () => process.exit());
require('./engine');

export {};
