import path from 'node:path';
import express, { type Router } from 'express';
import { explain } from '../admin/explain';
import { assets, sendPage } from '../web/send';
import { ACTIONS, type Sandbox } from './actions';
import { byLoopbackName, fromThePage } from './guard';
import { layout } from './layout';
import { Notices, type Notice } from './notices';

/** The page for people: what the sandbox holds, and what it can be told to do. */
export function sandboxPage(sandbox: Sandbox): Router {
	const router = express.Router();
	const notices = new Notices();
	router.use(['/ui', /^\/$/], byLoopbackName);
	router.use('/ui/assets', ...assets(path.join(__dirname, 'assets')));
	router.get('/', ({ query }, response) => {
		const world = sandbox.world();
		world.agenda.runDue();
		const [find, all] = [query.find, query.all].map((text) => (typeof text === 'string' ? text : ''));
		const view = { world, admin: sandbox.admin, find: (find ?? '').trim().toLowerCase(), all: all ?? '' };
		sendPage(response, layout(view, notices.get(query.notice)));
	});
	router.post(
		'/ui/:action',
		fromThePage,
		express.urlencoded({ extended: false, limit: '10kb' }),
		async ({ params, body }, response, next) => {
			const action = ACTIONS.get(String(params.action));
			if (action === undefined) return next();
			sandbox.world().agenda.runDue();
			const notice = await outcome(async () => await action.run(body ?? {}, sandbox));
			response.redirect(303, `/?notice=${notices.add(notice)}#${action.at}`);
		},
	);
	return router;
}

async function outcome(run: () => Promise<string>): Promise<Notice> {
	try {
		return { good: true, text: await run() };
	} catch (error) {
		return { good: false, text: explain(error) };
	}
}
