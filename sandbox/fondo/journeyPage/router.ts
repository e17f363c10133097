import path from 'node:path';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { assets, sendPage } from '../../http/html';
import type { FondoContext } from '../context';
import { endJourney, isOpen, openJourney } from '../journeys';
import type { Journey } from '../objects';
import { answersSchema, identitySchema, readAnswers, TEST_NUMBER } from './answers';
import { endPage, notFoundPage } from './endPage';
import type { Visit } from './form';
import { type Step, STEPS } from './layout';
import { bankIdPage, identityPage, questionsPage, signPage, startPage } from './steps';

const formSchema = z.record(z.string());
type Form = z.infer<typeof formSchema>;

/** Handles a submitted form and returns the next page. */
type Action = (visit: Visit, form: Form, context: FondoContext) => string;

const checkAnswers =
	(next: typeof signPage): Action =>
	(visit, form) => {
		const identity = readAnswers(identitySchema, form);
		if ('problems' in identity) return identityPage(visit, form.personalNumber, identity.problems);
		const all = readAnswers(answersSchema, form);
		return 'problems' in all ? questionsPage(visit, identity.answers.personalNumber, all.problems) : next(visit, all.answers);
	};

const ACTIONS = new Map<string, Action>([
	['identity', (visit) => identityPage(visit)],
	[
		'questions',
		(visit, form) => {
			const identity = readAnswers(identitySchema, form);
			return 'problems' in identity
				? identityPage(visit, form.personalNumber, identity.problems)
				: questionsPage(visit, identity.answers.personalNumber);
		},
	],
	['sign', checkAnswers(signPage)],
	['bankid', checkAnswers(bankIdPage)],
	[
		'complete',
		(visit, form, context) => {
			// Without a form the test person signs, so that a script completes the journey in one call.
			const hasForm = Object.keys(form).length > 0;
			const complete = checkAnswers((_, answers) => {
				const { personalNumber, accountName, ...kyc } = answers;
				const customer = { personalNumber, accountName, ...(hasForm ? { kyc } : {}) };
				return endedPage(visit, endJourney(context, visit.journey.id, { status: 'complete', customer }));
			});
			return complete(visit, hasForm ? form : { personalNumber: TEST_NUMBER }, context);
		},
	],
	[
		'cancel',
		(visit, form, context) => endedPage(visit, endJourney(context, visit.journey.id, { status: 'canceled', exitedAt: stepOf(form) })),
	],
	[
		'fail',
		(visit, form, context) =>
			endedPage(visit, endJourney(context, visit.journey.id, { status: 'error', errorCode: 'bankid_failed', exitedAt: stepOf(form) })),
	],
]);

/** The page at a journey's address. It plays the vendor's hosted flow. */
export function journeyPage(current: () => FondoContext): Router {
	const router = express.Router();
	router.use('/journey/assets', ...assets(path.join(__dirname, 'assets')));
	router.use('/journey', express.urlencoded({ extended: false, limit: '10kb' }));
	router.get('/journey/:id', ({ params }, response) => {
		const visit = openVisit(current(), params.id);
		send(response, visit === undefined ? undefined : isOpen(visit.journey) ? startPage(visit) : endedPage(visit, visit.journey));
	});
	router.post('/journey/:id/:action', ({ params, body }, response) => {
		const action = ACTIONS.get(params.action);
		const visit = action === undefined ? undefined : openVisit(current(), params.id);
		const form = formSchema.safeParse(body ?? {}).data;
		if (action === undefined || visit === undefined || form === undefined) send(response, undefined);
		else send(response, isOpen(visit.journey) ? action(visit, form, current()) : endedPage(visit, visit.journey));
	});
	return router;
}

function openVisit(context: FondoContext, id: string): Visit | undefined {
	context.scheduler.runDue();
	const journey = openJourney(context, id);
	return journey === undefined ? undefined : { journey, client: context.store.clients.get(journey.clientId) };
}

function endedPage({ client }: Visit, journey: Journey | undefined): string {
	if (journey === undefined || journey.status === 'new' || journey.status === 'pending') return notFoundPage();
	return endPage({ journey, client }, journey.status);
}

function stepOf({ step }: Form): Step {
	return STEPS.find((known) => known === step) ?? 'start';
}

function send(response: Response, page: string | undefined): void {
	sendPage(response, page ?? notFoundPage(), { status: page === undefined ? 404 : 200 });
}
