import path from 'node:path';
import express, { type Router } from 'express';
import { assets, sendPage } from '../http/html';
import { errorText } from '../state/validation';
import { ACTIONS, type PageSandbox } from './actions';
import { requireOwnOrigin } from './guard';
import { docsPages } from './docs';
import { layout } from './layout';
import { type Notice, Notices } from './notices';

/** The library that updates the page in the browser. */
const IDIOMORPH = require.resolve('idiomorph/dist/idiomorph.esm.js');

/** The page: shows the state of the sandbox and changes it. */
export function sandboxPage(sandbox: PageSandbox): Router {
	const router = express.Router();
	const notices = new Notices();
	router.use('/ui/assets', ...assets(path.join(__dirname, 'assets')), express.static(path.dirname(IDIOMORPH), { index: false }));
	router.use(docsPages());
	router.get('/', ({ query }, response) => {
		const state = sandbox.state();
		state.scheduler.runDue();
		const [find, all] = [query.find, query.all].map((text) => (typeof text === 'string' ? text : ''));
		const view = { state, admin: sandbox.admin, find: (find ?? '').trim().toLowerCase(), all: all ?? '' };
		sendPage(response, layout(view, notices.get(query.notice)));
	});
	router.post(
		'/ui/:action',
		requireOwnOrigin,
		express.urlencoded({ extended: false, limit: '10kb' }),
		async ({ params, body }, response, next) => {
			const action = ACTIONS.get(String(params.action));
			if (action === undefined) return next();
			sandbox.state().scheduler.runDue();
			const notice = await noticeOf(async () => await action.run(body ?? {}, sandbox));
			response.redirect(303, `/?notice=${notices.add(notice)}#${action.section}`);
		},
	);
	return router;
}

async function noticeOf(run: () => Promise<string>): Promise<Notice> {
	try {
		return { good: true, text: await run() };
	} catch (error) {
		return { good: false, text: errorText(error) };
	}
}
