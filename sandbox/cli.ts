import { parseArgs } from 'node:util';
import { FINVIS_IDENTITIES, FONDO_IDENTITIES, startSandbox } from './index';

const USAGE = `Usage: tsx sandbox/cli.ts [--fondo-port 4010] [--finvis-port 4020] [--admin-port 4030] [--seed 1] [--speed 1] [--vendor name,name]
Ports may be 0 for a free one. --speed: how many times faster than real time orders and payments move.
--vendor: ways in which the APIs differ from the contract; GET /vendor at the admin port lists them.`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'fondo-port': { type: 'string', default: '4010' },
			'finvis-port': { type: 'string', default: '4020' },
			'admin-port': { type: 'string', default: '4030' },
			seed: { type: 'string', default: '1' },
			speed: { type: 'string', default: '1' },
			vendor: { type: 'string', default: '' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(USAGE);
	const sandbox = await startSandbox({
		fondoPort: port('fondo-port', values['fondo-port']),
		finvisPort: port('finvis-port', values['finvis-port']),
		adminPort: port('admin-port', values['admin-port']),
		seed: nonNegative('seed', values.seed),
		speed: nonNegative('speed', values.speed),
		vendor: values.vendor.split(',').flatMap((name) => name.trim() || []),
	});
	const { fondoUrl, finvisUrl, adminUrl } = sandbox;
	console.log(
		`Fondo   ${fondoUrl}\nFinvis  ${finvisUrl}\nPage    ${adminUrl}/  (shows and changes everything; the admin API has the same address)\n`,
	);
	for (const { clientId, clientSecret } of FONDO_IDENTITIES) console.log(`Fondo client   ${clientId}   secret ${clientSecret}`);
	for (const { clientId, clientSecret, tenants } of FINVIS_IDENTITIES) {
		console.log(`Finvis client  ${clientId}   secret ${clientSecret}   tenant ${tenants.join(', ')}`);
	}
	console.log(`SANDBOX_READY ${JSON.stringify({ fondoUrl, finvisUrl, adminUrl, pid: process.pid })}`);
	const stop = (): void => void sandbox.stop().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function port(name: string, text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`--${name} must be a port from 0 to 65535, not "${text}".`);
	return value;
}

function nonNegative(name: string, text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value) || value < 0)
		throw new Error(`--${name} must be a number of at least 0, not "${text}".`);
	return value;
}

main().catch((error: unknown) => {
	console.error(`The sandbox could not start. ${error instanceof Error ? error.message : String(error)}`);
	console.error(USAGE);
	process.exit(1);
});
