import express, { type Router } from 'express';
import type { World } from '../world';
import { end, enter, isOpen } from './journeys';
import type { Journey } from './objects';

/** The page behind a journey's address. It stands for the vendor's hosted flow: somebody finishes or gives up. */
export function journeyPage(current: () => World): Router {
	const router = express.Router();
	router.get('/journey/:id', ({ params }, response) => {
		const journey = enter(current(), params.id);
		if (journey === undefined) response.status(404).type('text').send('There is no such journey.');
		else response.type('html').send(page(journey));
	});
	router.post('/journey/:id/:ending', ({ params }, response) => {
		const ending = params.ending === 'complete' ? 'complete' : params.ending === 'cancel' ? 'canceled' : undefined;
		const journey = ending === undefined ? undefined : end(current(), params.id, ending);
		if (journey === undefined) response.status(404).type('text').send('There is no such journey.');
		else response.type('html').send(page(journey));
	});
	return router;
}

function page(journey: Journey): string {
	const buttons = isOpen(journey)
		? ['complete', 'cancel']
				.map((ending) => `<form method="post" action="/journey/${journey.id}/${ending}"><button>${ending}</button></form>`)
				.join('')
		: '';
	const name = escape(journey.journey.accountName ?? 'a new account');
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox journey</title>
<style>body{font:16px system-ui;margin:4rem auto;max-width:32rem}button{font:inherit;padding:.5rem 1rem;margin:.5rem 0}</style>
<h1>Sandbox journey</h1><p>Opens ${name}. Status: <strong id="status">${journey.status}</strong>.</p>${buttons}</html>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
