import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot } from '../cache.mjs';
import { Failure } from '../failure.mjs';

export const USAGE = `npm run demo -- [options]
  --once                stop after the run instead of staying up
  --fresh               forget what the n8n of earlier demos remembers
  --n8n-port <port>     editor, 5690 when left out
  --fondo-port <port>   simulated Fondo API, 4010 when left out
  --finvis-port <port>  simulated Finvis API, 4020 when left out
  --admin-port <port>   page and admin API of the sandbox, 4030 when left out
  --data <folder>       where n8n keeps its data, a folder of the cache when left out
  --help                this text`;

function portFrom(name, text) {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Failure(`--${name} must be a port from 1 to 65535, not '${text}'`, 'give a number such as 5690');
}

function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				fresh: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
				data: { type: 'string', default: join(cacheRoot(), 'demo') },
				'n8n-port': { type: 'string', default: '5690' },
				'fondo-port': { type: 'string', default: '4010' },
				'finvis-port': { type: 'string', default: '4020' },
				'admin-port': { type: 'string', default: '4030' },
			},
		}).values;
	} catch (error) {
		throw new Failure(error.message, `use these:\n${USAGE}`);
	}
}

export function readOptions(args) {
	const { once, fresh, help, data, ...ports } = parse(args);
	const port = (name) => portFrom(`${name}-port`, ports[`${name}-port`]);
	return {
		once,
		fresh,
		help,
		dataFolder: data,
		ports: { n8n: port('n8n'), fondo: port('fondo'), finvis: port('finvis'), admin: port('admin') },
	};
}
