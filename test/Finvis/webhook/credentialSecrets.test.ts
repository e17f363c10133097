import { useBench } from '../../support/sandbox';
import { giveTimeBack, takeTime } from '../../support/time';
import { signed, Workflow } from './workflows';

const bench = useBench();
let workflow: Workflow;

const SECRET = 'whsec_by_hand_0123';
const [OLD, NEW] = ['whsec_old_0123456', 'whsec_new_0123456'];
const ofTrigger = (webhookSecret = SECRET) => bench.finvis({ webhookSecret }, 'finvisTrigger');

beforeEach(() => {
	workflow = new Workflow(ofTrigger(), { registration: 'manual' });
});
afterEach(giveTimeBack);

describe('the secret of the credential', () => {
	test('is read once in ten seconds during a flood of forgeries, and a new secret works after that', async () => {
		const time = takeTime();
		const { engine } = workflow;
		expect((await workflow.deliver(signed(NEW))).status).toBe(401);
		engine.credential = { ...engine.credential, webhookSecret: NEW };
		time.now += 9_999;
		expect((await workflow.deliver(signed(NEW))).status).toBe(401);
		expect((await workflow.deliver(signed(SECRET))).json).toHaveLength(1);
		time.now += 1;
		expect((await workflow.deliver(signed(NEW))).json).toHaveLength(1);
		expect((await workflow.deliver(signed(SECRET))).status).toBe(401);
	});

	test('works for a minute after it was read, and no longer when it was removed', async () => {
		const time = takeTime();
		expect((await workflow.deliver(signed(SECRET))).json).toHaveLength(1);
		workflow.engine.credential = { ...workflow.engine.credential, webhookSecret: NEW };
		time.now += 59_999;
		expect((await workflow.deliver(signed(SECRET))).json).toHaveLength(1);
		time.now += 1;
		expect((await workflow.deliver(signed(SECRET))).status).toBe(401);
	});

	test.each([`${OLD}, ${NEW}`, `${OLD},${NEW}`, `${OLD}\n${NEW}`, ` ${NEW}\r\n,${OLD} `])(
		'verifies with the old and the new secret during a rotation: %j',
		async (secrets) => {
			const rotating = new Workflow(ofTrigger(secrets), { registration: 'manual' });
			for (const secret of [OLD, NEW]) expect((await rotating.deliver(signed(secret))).json).toHaveLength(1);
			expect((await rotating.deliver(signed(secrets))).status).toBe(401);
		},
	);

	test('verifies with a secret that contains spaces, and with no word of it', async () => {
		const commented = new Workflow(ofTrigger(`${OLD} (the old one of 2025-12-31)`), { registration: 'manual' });
		for (const secret of [OLD, '(the', 'one', '2025-12-31)']) expect((await commented.deliver(signed(secret))).status).toBe(401);
		expect((await commented.deliver(signed(`${OLD} (the old one of 2025-12-31)`))).json).toHaveLength(1);
	});

	test('does not verify with a secret of fewer than 16 characters', async () => {
		const short = new Workflow(ofTrigger(`${OLD}, fifteen_letters`), { registration: 'manual' });
		expect((await short.deliver(signed('fifteen_letters'))).status).toBe(401);
		expect((await short.deliver(signed(OLD))).json).toHaveLength(1);
	});
});
