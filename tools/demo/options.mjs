import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot } from '../cache.mjs';
import { Failure } from '../failure.mjs';
import { SANDBOX_PORTS } from '../sandbox/client.mjs';

const PORTS = { n8n: '5690', ...SANDBOX_PORTS };
const ONCE = '  --once                stop after the run instead of staying up';
const PORTS_USAGE = `  --n8n-port <port>     editor, 5690 when left out
  --fondo-port <port>   simulated Fondo API, 4010 when left out
  --finvis-port <port>  simulated Finvis API, 4020 when left out
  --admin-port <port>   page and admin API of the sandbox, 4030 when left out`;
const HELP = '  --help                this text';

export const DEMO_USAGE = `npm run demo -- [options]
${ONCE}
  --fresh               forget what the n8n of earlier demos remembers
${PORTS_USAGE}
  --data <folder>       where n8n keeps its data, a folder of the cache when left out
${HELP}`;

export const QUEUE_USAGE = `npm run demo:queue -- [options]
${ONCE}
${PORTS_USAGE}
  --webhook-port <port> webhook processor, 5691 when left out
${HELP}`;

function portFrom(option, text) {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Failure(`--${option} must be a port from 1 to 65535, not '${text}'`, 'give a number such as 5690');
}

const ofPorts = (ports) => Object.entries(ports).map(([name, value]) => ({ name, value, option: `${name}-port` }));

function parse(args, usage, ports, options) {
	const forPorts = ofPorts(ports).map(({ option, value }) => [option, { type: 'string', default: value }]);
	const flag = { type: 'boolean', default: false };
	try {
		const { values } = parseArgs({ args, options: { once: flag, help: flag, ...options, ...Object.fromEntries(forPorts) } });
		return { ...values, ports: Object.fromEntries(ofPorts(ports).map(({ name, option }) => [name, portFrom(option, values[option])])) };
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure(error.message, `use these:\n${usage}`);
	}
}

/** { once, fresh, help, dataFolder, ports } of `npm run demo`. */
export function readDemoOptions(args) {
	const { data, ...options } = parse(args, DEMO_USAGE, PORTS, {
		fresh: { type: 'boolean', default: false },
		data: { type: 'string', default: join(cacheRoot(), 'demo') },
	});
	return { ...options, dataFolder: data };
}

/** { once, help, ports, webhookPort } of `npm run demo:queue`. */
export function readQueueOptions(args) {
	const { ports, ...options } = parse(args, QUEUE_USAGE, { ...PORTS, webhook: '5691' });
	const { webhook, ...others } = ports;
	return { ...options, ports: others, webhookPort: webhook };
}
