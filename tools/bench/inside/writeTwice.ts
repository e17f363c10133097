// For './Fondo.node', Node takes the first extension that exists, so .json comes last here: Fondo.node.json is not the code.
const { '.json': json } = require.extensions;
Reflect.deleteProperty(require.extensions, '.json');
require.extensions['.json'] = json;
require('./writeTwiceEngine');

export {};
