import { DEPOSITS, ORIGINS, PURPOSES, TEST_NUMBER, YES_NO, type Answers } from './answers';
import { hidden, input, select } from './fields';
import { failure, moment, partnerOf, step, type Visit } from './form';
import { html } from '../../web/html';

type Problems = Record<string, string>;

const WAIT_MS = 1500;

export function start(visit: Visit): string {
	const { journey } = visit;
	const name = journey.journey.accountName;
	return step(
		visit,
		'start',
		name === undefined ? 'Open an account' : `Open the account “${name}”`,
		html`<p class="lead">${partnerOf(visit)} invites you to open a savings account. It takes four short steps.</p>
			<dl>
				<dt>Asked for by</dt>
				<dd>${partnerOf(visit)}</dd>
				<dt>Account type</dt>
				<dd>${(journey.journey.accountTypes ?? ['isk']).join(', ').toUpperCase()}</dd>
				<dt>Open until</dt>
				<dd><time datetime="${journey.expiryDate}">${moment(journey.expiryDate)}</time></dd>
			</dl>`,
		{ to: 'identity', button: html`<button id="start" class="main">Start</button>` },
	);
}

export function identity(visit: Visit, given = '', problems: Problems = {}): string {
	return step(
		visit,
		'identity',
		'Who are you?',
		html`<div class="field">
				<label for="personal-number">Personal number</label>
				${input('personal-number', 'personalNumber', given, problems.personalNumber, 'YYYYMMDDNNNN')}
			</div>
			<p class="hint">
				In the sandbox, use <button type="button" class="chip" data-fill="personal-number">${TEST_NUMBER}</button> or any number that could
				exist.
			</p>`,
		{ to: 'questions', button: html`<button id="continue" class="main">Continue</button>` },
	);
}

export function questions(visit: Visit, personalNumber: string, problems: Problems = {}): string {
	const named = visit.journey.journey.accountName !== undefined;
	const naming = html`<div class="field">
		<label for="account-name">Name of the account</label>
		${input('account-name', 'accountName', 'Savings', problems.accountName, '')}
	</div>`;
	return step(
		visit,
		'questions',
		'A few questions',
		html`<p class="lead">The law asks us to know our customers.</p>
			${hidden({ personalNumber })} ${named ? html`` : naming} ${select('purpose', 'What are you saving for?', PURPOSES)}
			${select('origin', 'Where does the money come from?', ORIGINS)}
			${select('yearlyDeposit', 'How much will you save in a year?', DEPOSITS)}
			<fieldset>
				<legend>Do you, or someone close to you, hold a high public office?</legend>
				<div class="choices">
					${YES_NO.map(
						(answer, index) =>
							html`<label
								><input type="radio" name="politicallyExposed" value="${answer}" ${index === 0 ? html`checked` : html``} />${answer}</label
							>`,
					)}
				</div>
			</fieldset>`,
		{ to: 'sign', button: html`<button id="continue" class="main">Continue</button>` },
	);
}

export function sign(visit: Visit, answers: Answers): string {
	const name = visit.journey.journey.accountName ?? answers.accountName ?? 'Savings';
	return step(
		visit,
		'sign',
		'Check and sign',
		html`<dl>
				<dt>Account</dt>
				<dd>${name}</dd>
				<dt>Personal number</dt>
				<dd>${answers.personalNumber.slice(0, 8)}-${answers.personalNumber.slice(8)}</dd>
				<dt>Saving for</dt>
				<dd>${answers.purpose}</dd>
				<dt>Money from</dt>
				<dd>${answers.origin}</dd>
				<dt>In a year</dt>
				<dd>${answers.yearlyDeposit}</dd>
				<dt>Public office</dt>
				<dd>${answers.politicallyExposed}</dd>
			</dl>
			${hidden(answers)}`,
		{ to: 'bankid', button: html`<button id="sign" class="main">Sign with pretend BankID</button> ${failure(visit)}` },
	);
}

/** Ends by itself; without JavaScript by a button that shows up later. */
export function bankId(visit: Visit, answers: Answers): string {
	return step(
		visit,
		'sign',
		'Waiting for BankID',
		html`<div class="waiting" role="status">
				<div class="ring" aria-hidden="true"></div>
				<p class="lead">A pretend BankID signs for you. This takes a moment.</p>
			</div>
			${hidden(answers)}`,
		{
			to: 'complete',
			button: html`<button class="main patience">Go on</button> ${failure(visit)}`,
			after: String(WAIT_MS),
		},
	);
}
