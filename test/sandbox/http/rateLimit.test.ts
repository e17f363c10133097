import { Bench, type Caller } from '../caller';

let bench: Bench;
let fondo: Caller;
let finvis: Caller;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(async () => {
	bench.admin.reset();
	[fondo, finvis] = await Promise.all([bench.fondo(), bench.finvis()]);
});
afterAll(() => bench.stop());

describe('rate limit', () => {
	it('counts per client, shows the remaining requests and refuses more', async () => {
		bench.admin.settings.patch({ finvis: { rateLimit: { requests: 3, seconds: 60 } } });
		const answers = [
			await finvis.get('/companies'),
			await finvis.get('/companies'),
			await finvis.get('/companies'),
			await finvis.get('/companies'),
		];
		expect(answers.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining')])).toEqual([
			[200, '2'],
			[200, '1'],
			[200, '0'],
			[429, '0'],
		]);
		const [, , , refused] = answers;
		expect(refused?.headers.get('x-ratelimit-limit')).toBe('3');
		expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(55);
		bench.admin.clock.advance(60);
		expect((await finvis.get('/companies')).status).toBe(200);
	});

	it('can give the reset as an epoch time and omit Retry-After', async () => {
		bench.admin.settings.patch({
			finvis: { rateLimit: { requests: 1, seconds: 60 }, rateLimitReset: 'epoch', retryAfter: false },
		});
		await finvis.get('/companies');
		const { status, headers } = await finvis.get('/companies');
		expect([status, headers.get('retry-after')]).toEqual([429, null]);
		expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000);
	});

	it('is off at Fondo by default', async () => {
		bench.admin.settings.patch({ fondo: { rateLimit: { requests: 1, seconds: 60 } } });
		await fondo.get('/v2/partner/client');
		expect((await fondo.get('/v2/partner/client')).status).toBe(429);
	});
});
