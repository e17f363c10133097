import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot } from '../base/cache';
import { Failure } from '../base/failure';
import { SANDBOX_PORTS } from '../harness/sandbox';
import type { StackPorts } from '../harness/stack';

const PORTS: StackPorts = { n8n: 5690, ...SANDBOX_PORTS };
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

function portFrom(option: string, text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Failure(`--${option} must be a port from 1 to 65535, not '${text}'`, 'give a number such as 5690');
}

const textOption = (value: number | string) => ({ type: 'string' as const, default: String(value) });
const flag = { type: 'boolean' as const, default: false };

const PORT_OPTIONS = {
	'n8n-port': textOption(PORTS.n8n),
	'fondo-port': textOption(PORTS.fondo),
	'finvis-port': textOption(PORTS.finvis),
	'admin-port': textOption(PORTS.admin),
};

function portsFrom(values: Readonly<Record<keyof typeof PORT_OPTIONS, string>>): StackPorts {
	const port = (option: keyof typeof PORT_OPTIONS) => portFrom(option, values[option]);
	return { n8n: port('n8n-port'), fondo: port('fondo-port'), finvis: port('finvis-port'), admin: port('admin-port') };
}

/** parseArgs throws for an option it does not know; the message then names all options. */
function orUsage<T>(usage: string, parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		if (error instanceof Failure || !(error instanceof Error)) throw error;
		throw new Failure(error.message, `use these:\n${usage}`);
	}
}

export interface DemoOptions {
	readonly once: boolean;
	readonly fresh: boolean;
	readonly help: boolean;
	readonly dataFolder: string;
	readonly ports: StackPorts;
}

/** The options of `npm run demo`. */
export const readDemoOptions = (args: string[]): DemoOptions =>
	orUsage(DEMO_USAGE, () => {
		const data = textOption(join(cacheRoot(), 'demo'));
		const { values } = parseArgs({ args, options: { once: flag, fresh: flag, help: flag, data, ...PORT_OPTIONS } });
		const { once, fresh, help } = values;
		return { once, fresh, help, dataFolder: values.data, ports: portsFrom(values) };
	});

export interface QueueOptions {
	readonly once: boolean;
	readonly help: boolean;
	readonly ports: StackPorts;
	readonly webhookPort: number;
}

/** The options of `npm run demo:queue`. */
export const readQueueOptions = (args: string[]): QueueOptions =>
	orUsage(QUEUE_USAGE, () => {
		const { values } = parseArgs({ args, options: { once: flag, help: flag, 'webhook-port': textOption(5691), ...PORT_OPTIONS } });
		const { once, help } = values;
		return { once, help, ports: portsFrom(values), webhookPort: portFrom('webhook-port', values['webhook-port']) };
	});
