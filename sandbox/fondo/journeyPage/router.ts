import path from 'node:path';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { assets, sendPage } from '../../web/send';
import type { World } from '../../world';
import { end, enter, isOpen } from '../journeys';
import type { Journey } from '../objects';
import { answersSchema, identitySchema, read, TEST_NUMBER } from './answers';
import { ended, unknown } from './ended';
import type { Visit } from './form';
import { STEPS, type Step } from './layout';
import { bankId, identity, questions, sign, start } from './steps';

const formSchema = z.record(z.string());
type Form = z.infer<typeof formSchema>;

/** What a customer has sent, made a page; `world` may be changed by it. */
type Turn = (visit: Visit, form: Form, world: World) => string;

const check =
	(next: typeof sign): Turn =>
	(visit, form) => {
		const known = read(identitySchema, form);
		if ('problems' in known) return identity(visit, form.personalNumber, known.problems);
		const all = read(answersSchema, form);
		return 'problems' in all ? questions(visit, known.answers.personalNumber, all.problems) : next(visit, all.answers);
	};

const TURNS = new Map<string, Turn>([
	['identity', (visit) => identity(visit)],
	[
		'questions',
		(visit, form) => {
			const known = read(identitySchema, form);
			return 'problems' in known ? identity(visit, form.personalNumber, known.problems) : questions(visit, known.answers.personalNumber);
		},
	],
	['sign', check(sign)],
	['bankid', check(bankId)],
	[
		'complete',
		(visit, form, world) => {
			// Without a form the test person signs: the whole visit in one call.
			const answered = Object.keys(form).length > 0;
			const finish = check((_, answers) => {
				const { personalNumber, accountName, ...kyc } = answers;
				const customer = { personalNumber, accountName, ...(answered ? { kyc } : {}) };
				return over(visit, end(world, visit.journey.id, { status: 'complete', customer }));
			});
			return finish(visit, answered ? form : { personalNumber: TEST_NUMBER }, world);
		},
	],
	['cancel', (visit, form, world) => over(visit, end(world, visit.journey.id, { status: 'canceled', exitedAt: leftAt(form) }))],
	[
		'fail',
		(visit, form, world) =>
			over(visit, end(world, visit.journey.id, { status: 'error', errorCode: 'bankid_failed', exitedAt: leftAt(form) })),
	],
]);

/** The page behind a journey's address. It stands for the vendor's hosted flow. */
export function journeyPage(current: () => World): Router {
	const router = express.Router();
	router.use('/journey/assets', ...assets(path.join(__dirname, 'assets')));
	router.use('/journey', express.urlencoded({ extended: false, limit: '10kb' }));
	router.get('/journey/:id', ({ params }, response) => {
		const visit = visitOf(current(), params.id);
		show(response, visit === undefined ? undefined : isOpen(visit.journey) ? start(visit) : over(visit, visit.journey));
	});
	router.post('/journey/:id/:turn', ({ params, body }, response) => {
		const turn = TURNS.get(params.turn);
		const visit = turn === undefined ? undefined : visitOf(current(), params.id);
		const form = formSchema.safeParse(body ?? {}).data;
		if (turn === undefined || visit === undefined || form === undefined) show(response, undefined);
		else show(response, isOpen(visit.journey) ? turn(visit, form, current()) : over(visit, visit.journey));
	});
	return router;
}

function visitOf(world: World, id: string): Visit | undefined {
	world.agenda.runDue();
	const journey = enter(world, id);
	return journey === undefined ? undefined : { journey, client: world.fondo.clients.get(journey.clientId) };
}

function over({ client }: Visit, journey: Journey | undefined): string {
	if (journey === undefined || journey.status === 'new' || journey.status === 'pending') return unknown();
	return ended({ journey, client }, journey.status);
}

function leftAt({ step }: Form): Step {
	return STEPS.find((known) => known === step) ?? 'start';
}

function show(response: Response, page: string | undefined): void {
	sendPage(response, page ?? unknown(), page === undefined ? 404 : 200);
}
