import { html } from '../../http/html';
import { type Answers, DEPOSITS, ORIGINS, PURPOSES, TEST_NUMBER, YES_NO } from './answers';
import { failButton, hiddenFields, partnerName, selectField, stepPage, textField, type Visit } from './form';

type Problems = Record<string, string>;

const WAIT_MS = 1500;

export function startPage(visit: Visit): string {
	const { journey } = visit;
	const name = journey.journey.accountName;
	return stepPage(
		visit,
		'start',
		name === undefined ? 'Open an account' : `Open the account “${name}”`,
		html`<p class="lead">${partnerName(visit)} invites you to open a savings account. It takes four short steps.</p>
			<dl>
				<dt>Requested by</dt>
				<dd>${partnerName(visit)}</dd>
				<dt>Account type</dt>
				<dd>${(journey.journey.accountTypes ?? ['isk']).join(', ').toUpperCase()}</dd>
				<dt>Open until</dt>
				<dd><time datetime="${journey.expiryDate}">${formatDate(journey.expiryDate)}</time></dd>
			</dl>`,
		{ action: 'identity', buttons: html`<button id="start" class="main">Start</button>` },
	);
}

export function identityPage(visit: Visit, given = '', problems: Problems = {}): string {
	return stepPage(
		visit,
		'identity',
		'Who are you?',
		html`<div class="field">
				<label for="personal-number">Personal number</label>
				${textField('personal-number', 'personalNumber', given, problems.personalNumber, 'YYYYMMDDNNNN')}
			</div>
			<p class="hint">
				In the sandbox, type <button type="button" class="chip" data-fill="personal-number">${TEST_NUMBER}</button> or any valid number.
			</p>`,
		{ action: 'questions', buttons: html`<button id="continue" class="main">Continue</button>` },
	);
}

export function questionsPage(visit: Visit, personalNumber: string, problems: Problems = {}): string {
	const hasName = visit.journey.journey.accountName !== undefined;
	const nameField = html`<div class="field">
		<label for="account-name">Account name</label>
		${textField('account-name', 'accountName', 'Savings', problems.accountName, '')}
	</div>`;
	return stepPage(
		visit,
		'questions',
		'A few questions',
		html`<p class="lead">The law asks us to know our customers.</p>
			${hiddenFields({ personalNumber })} ${hasName ? html`` : nameField} ${selectField('purpose', 'What are you saving for?', PURPOSES)}
			${selectField('origin', 'Where does the money come from?', ORIGINS)}
			${selectField('yearlyDeposit', 'How much will you save in a year?', DEPOSITS)}
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
		{ action: 'sign', buttons: html`<button id="continue" class="main">Continue</button>` },
	);
}

export function signPage(visit: Visit, answers: Answers): string {
	const name = visit.journey.journey.accountName ?? answers.accountName ?? 'Savings';
	return stepPage(
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
				<dt>Each year</dt>
				<dd>${answers.yearlyDeposit}</dd>
				<dt>Public office</dt>
				<dd>${answers.politicallyExposed}</dd>
			</dl>
			${hiddenFields(answers)}`,
		{ action: 'bankid', buttons: html`<button id="sign" class="main">Sign with a simulated BankID</button> ${failButton(visit)}` },
	);
}

/** The page submits itself; without JavaScript, a button appears after a moment. */
export function bankIdPage(visit: Visit, answers: Answers): string {
	return stepPage(
		visit,
		'sign',
		'Waiting for BankID',
		html`<div class="waiting" role="status">
				<div class="ring" aria-hidden="true"></div>
				<p class="lead">A simulated BankID signs for you. This takes a moment.</p>
			</div>
			${hiddenFields(answers)}`,
		{
			action: 'complete',
			buttons: html`<button class="main delayed">Continue</button> ${failButton(visit)}`,
			submitAfter: String(WAIT_MS),
		},
	);
}

function formatDate(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
