import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { queueSettings } from '../tools/queue/settings';

interface Service {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	healthcheck?: { test?: string[]; disable?: boolean };
	volumes?: string[];
	ports?: string[];
	deploy?: { replicas: string };
	stop_grace_period?: string;
	depends_on?: Record<string, { condition: string }>;
}

interface Compose {
	services: Record<string, Service>;
	volumes: Record<string, null>;
}

const root = join(__dirname, '..');
const text = readFileSync(join(root, 'deploy/compose.yaml'), 'utf8');
const { services, volumes }: Compose = parse(text, { merge: true });
const example = readFileSync(join(root, 'deploy/.env.example'), 'utf8');
const offered = Object.fromEntries([...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
/** A package that is on no registry. */
const PACKAGES = './packages:/packages:ro';
const PROCESSES = ['main', 'worker', 'webhook'];
const SECRET = /PASSWORD|_KEY$|SECRET|TOKEN/;

/** The settings with which `npm run demo:queue` and `npm run test:queue` start n8n. */
const proven = () =>
	queueSettings({
		postgres: { host: 'postgres', port: 5432, database: 'n8n', user: 'n8n', password: '' },
		redis: { host: 'redis', port: 6379, password: '' },
		webhookUrl: '',
		encryptionKey: '',
	});

test('there is a main process, two workers, a webhook processor, and what they need', () => {
	expect(Object.keys(services).sort()).toEqual(['main', 'package', 'postgres', 'redis', 'webhook', 'worker']);
	expect(services.main.command).toBe('start');
	expect(services.worker.command).toMatch(/^worker --concurrency=/);
	expect([services.worker.deploy, offered.WORKERS]).toEqual([{ replicas: '${WORKERS}' }, '2']);
	expect(services.webhook.command).toBe('webhook');
});

test('all processes of n8n have the settings that are proven by the queue suite', () => {
	for (const name of PROCESSES) {
		const environment = services[name].environment ?? {};
		for (const [setting, value] of Object.entries(proven())) {
			if (setting === 'WEBHOOK_URL' || SECRET.test(setting)) expect(environment[setting]).toMatch(/^\$\{\w+:\?/);
			else expect([name, setting, environment[setting]]).toEqual([name, setting, value]);
		}
	}
});

test('the stores are what the settings of n8n say', () => {
	const { POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD } = services.postgres.environment ?? {};
	expect(services.main.environment).toMatchObject({
		DB_POSTGRESDB_HOST: 'postgres',
		DB_POSTGRESDB_DATABASE: POSTGRES_DB,
		DB_POSTGRESDB_USER: POSTGRES_USER,
		DB_POSTGRESDB_PASSWORD: POSTGRES_PASSWORD,
		QUEUE_BULL_REDIS_HOST: 'redis',
		QUEUE_BULL_REDIS_PASSWORD: services.redis.environment?.REDIS_PASSWORD,
	});
	expect(services.redis.command).toEqual(['sh', '-c', expect.stringContaining('--requirepass "$$REDIS_PASSWORD"')]);
	// Without the password `redis-cli ping` is refused, and its exit code is 0.
	expect(services.redis.healthcheck?.test?.[1]).toBe('REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping | grep -q PONG');
});

test('no file contains a secret', () => {
	for (const { environment = {} } of Object.values(services)) {
		for (const [name, value] of Object.entries(environment)) if (SECRET.test(name)) expect(value).toMatch(/^\$\{\w+:\?is needed\}$/);
	}
	const secrets = Object.entries(offered).filter(([name]) => SECRET.test(name));
	expect(secrets.map(([, value]) => value)).toEqual(secrets.map(() => ''));
	expect(secrets.length).toBeGreaterThan(1);
});

test('every variable is offered in .env.example, none in vain, and those without a check have a value', () => {
	const used = [...text.matchAll(/\$\{(\w+)(:\?)?/g)].map(([, name, check]) => ({ name, isChecked: check !== undefined }));
	expect([...new Set(used.map(({ name }) => name))].sort()).toEqual(Object.keys(offered).sort());
	for (const { name, isChecked } of used) if (!isChecked) expect([name, offered[name]]).not.toEqual([name, '']);
});

test('the versions are those of this checkout, and each image has a digest', () => {
	const version = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
	const { name, version: own } = version('package.json');
	expect(offered.PACKAGE).toBe(`${name}@${own}`);
	expect(readFileSync(join(root, 'deploy/README.md'), 'utf8')).toContain(`/packages/${name}-${own}.tgz`);
	// The suites run on a patch of the same minor version.
	const [major, minor] = version('tools/n8n-host/package.json').dependencies.n8n.split('.');
	expect(offered.N8N_VERSION).toMatch(new RegExp(`^${major}\\.${minor}\\.\\d+@sha256:[\\da-f]{64}$`));
	for (const { image } of Object.values(services)) expect(image).toMatch(/:(\d[\w.-]*@sha256:[\da-f]{64}|\$\{N8N_VERSION\})$/);
});

test('a service that waits for another one checks when it is ready', () => {
	for (const [name, { depends_on = {} }] of Object.entries(services)) {
		for (const [other, { condition }] of Object.entries(depends_on)) {
			expect(services).toHaveProperty(other);
			if (condition === 'service_healthy')
				expect([name, services[other].healthcheck?.test?.[0]]).toEqual([name, expect.stringMatching(/^CMD/)]);
			else expect([other, condition]).toEqual(['package', 'service_completed_successfully']);
		}
	}
	for (const name of [...PROCESSES, 'redis', 'postgres']) expect(services[name].healthcheck?.test).toBeDefined();
	expect(services.main.depends_on).toMatchObject({ package: {}, postgres: {}, redis: {} });
	for (const name of ['worker', 'webhook']) expect(services[name].depends_on).toHaveProperty('main');
});

test('what is kept is in named volumes, one of them shared by all of n8n', () => {
	for (const { volumes: mounts = [] } of Object.values(services)) {
		for (const mount of mounts.filter((one) => one !== PACKAGES)) expect(volumes).toHaveProperty(mount.split(':')[0]);
	}
	for (const name of PROCESSES) expect(services[name].volumes).toEqual(['n8n:/home/node/.n8n']);
	expect(services.package.volumes).toEqual(['n8n:/home/node/.n8n', PACKAGES]);
});

test('ports are open to this machine only', () => {
	for (const port of Object.values(services).flatMap(({ ports = [] }) => ports)) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('a stopped service has more time than n8n gives its executions', () => {
	for (const name of PROCESSES) expect(parseInt(services[name].stop_grace_period ?? '', 10)).toBeGreaterThan(30);
});
