import { Bench, type Caller, until } from '../caller';
import { Receiver } from '../receiver';

const CALLBACK = 'https://127.0.0.1:9/callback';

let bench: Bench;
let fondo: Caller;
let root: string;
beforeAll(async () => {
	bench = await Bench.open({ settings: { fondo: { callbackRetryMilliseconds: 5 } } });
});
beforeEach(async () => {
	bench.admin.reset();
	fondo = await bench.fondo();
	root = `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}`;
});
afterAll(() => bench.stop());

const create = async (more: object = {}) =>
	(await fondo.post(`${root}/journey`, { journey: {}, callbackUrl: CALLBACK, scope: null, ...more })).json;
const read = async ({ id }: { id: string }) => (await fondo.get(`${root}/journey/${id}`)).json;
const send = async ({ url }: { url: string }, action: string, form: Record<string, string> = {}) => {
	const response = await fetch(`${url}/${action}`, { method: 'POST', body: new URLSearchParams(form) });
	return { status: response.status, text: await response.text() };
};

it('opens an account for the entered personal number, and keeps the answers', async () => {
	const journey = await create();
	const form = { personalNumber: '19121212-1212', accountName: 'Sommarhus', purpose: 'A home', politicallyExposed: 'Yes' };
	for (const action of ['identity', 'questions', 'sign', 'bankid']) expect((await send(journey, action, form)).status).toBe(200);
	expect((await read(journey)).status).toBe('pending');
	expect((await send(journey, 'complete', form)).text).toContain('data-status="complete"');
	const { status, result } = await read(journey);
	expect({ status, kyc: result.kyc }).toMatchObject({ status: 'complete', kyc: { purpose: 'A home', politicallyExposed: 'Yes' } });
	const account = (await fondo.get(`${root}/account/${result.account}`)).json;
	expect(account).toMatchObject({ name: 'Sommarhus', status: 'active', owner: { ssn: '191212121212', lastName: 'Tolvansson' } });
	expect(JSON.stringify([bench.admin.requests(), result])).not.toContain('12121212');
	expect(bench.admin.violations()).toEqual([]);
});

it.each([
	['121212-1212', 'has 12 digits'],
	['191213121212', 'no such date of birth'],
	['191212121213', 'last digit does not match'],
	['"><script>', 'has 12 digits'],
])('refuses the personal number %s and shows the form again', async (personalNumber, problem) => {
	const journey = await create();
	for (const action of ['questions', 'complete']) {
		const { text } = await send(journey, action, { personalNumber });
		expect(text).toContain(problem);
		expect(text).not.toContain('"><script>');
	}
	expect((await read(journey)).status).toBe('pending');
});

it('accepts a coordination number', async () => {
	expect((await send(await create(), 'questions', { personalNumber: '197010632391' })).text).toContain('A few questions');
});

it('records the step at which the customer left', async () => {
	const [canceled, failed] = [await create(), await create()];
	await send(canceled, 'cancel', { step: 'questions' });
	expect(await read(canceled)).toMatchObject({ status: 'canceled', exitedAt: 'questions', errorCode: null, result: null });
	expect((await send(failed, 'fail', { step: 'sign' })).text).toContain('bankid_failed');
	expect(await read(failed)).toMatchObject({ status: 'error', exitedAt: 'sign', errorCode: 'bankid_failed' });
});

it('ends once: later actions change nothing', async () => {
	const journey = await create();
	await send(journey, 'cancel');
	expect((await send(journey, 'complete')).text).toContain('data-status="canceled"');
	expect((await read(journey)).status).toBe('canceled');
});

it('shows a page for an expired journey and for an unknown one', async () => {
	const journey = await create();
	bench.admin.clock.advance(86_401);
	expect(await (await fetch(journey.url)).text()).toContain('This link has expired');
	expect((await fetch(`${bench.sandbox.fondoUrl}/journey/unknown`)).status).toBe(404);
	expect((await send(journey, 'elsewhere')).status).toBe(404);
});

it('refuses a form with a field twice', async () => {
	const journey = await create();
	const twice = await fetch(`${journey.url}/complete`, { method: 'POST', body: new URLSearchParams('personalNumber=1&personalNumber=2') });
	expect(twice.status).toBe(404);
	expect((await read(journey)).status).toBe('pending');
});

it.each([
	['https://partner.example/back?a=1&b=2', 'url=https://partner.example/back?a=1&#38;b=2'],
	['customerApp:///', 'url=customerApp:///'],
	['javascript:alert(1)', undefined],
])('redirects to %s only when that is safe', async (redirectUrl, refresh) => {
	const { text } = await send(await create({ redirectUrl }), 'complete');
	expect(text.includes('http-equiv="refresh"')).toBe(refresh !== undefined);
	expect(text).toContain(refresh ?? 'You can close this page');
	expect(text).not.toContain('javascript:');
});

it('shows text of a partner as text, not as HTML', async () => {
	const journey = await create({ journey: { accountName: '<b>Semester</b>' } });
	const response = await fetch(journey.url);
	expect(await response.text()).toContain('“&#60;b&#62;Semester&#60;/b&#62;”');
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	for (const file of ['pico.classless.min.css', 'base.css', 'page.css', 'page.js'])
		expect((await fetch(`${bench.sandbox.fondoUrl}/journey/assets/${file}`)).status).toBe(200);
});

it('sends the callback again until the partner accepts it', async () => {
	const partner = await Receiver.open();
	partner.responses.push(409, 409);
	await send(await create({ callbackUrl: partner.url }), 'complete');
	await until(() => bench.admin.deliveries()[0]?.state === 'delivered');
	await partner.close();
	expect(bench.admin.deliveries()[0]?.attempts).toEqual([409, 409, 200]);
});
