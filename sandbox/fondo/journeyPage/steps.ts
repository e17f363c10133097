import { html } from '../../http/html';
import { type Answers, DEPOSITS, ORIGINS, PURPOSES, TEST_NUMBER, YES_NO } from './answers';
import { facts, failButton, hiddenFields, partnerName, selectField, stepPage, textField, type Visit } from './form';

type Problems = Record<string, string>;

const WAIT_MS = 1500;

export function startPage(visit: Visit): string {
	const { journey } = visit;
	const name = journey.journey.accountName;
	return stepPage(
		visit,
		'start',
		name === undefined ? 'Open an account' : `Open the account “${name}”`,
		html`<p>${partnerName(visit)} invites you to open a savings account. It takes four short steps.</p>
			${facts([
				['Requested by', partnerName(visit)],
				['Account type', (journey.journey.accountTypes ?? ['isk']).join(', ').toUpperCase()],
				['Open until', html`<time datetime="${journey.expiryDate}">${formatDate(journey.expiryDate)}</time>`],
			])}`,
		{ action: 'identity', buttons: html`<button type="submit" id="start">Start</button>` },
	);
}

export function identityPage(visit: Visit, given = '', problems: Problems = {}): string {
	return stepPage(
		visit,
		'identity',
		'Who are you?',
		html`${textField('personal-number', 'Personal number', 'personalNumber', given, problems.personalNumber, 'YYYYMMDDNNNN')}
			<p>
				In the sandbox, type <button type="button" class="quiet" data-fill="personal-number">${TEST_NUMBER}</button> or any valid number.
			</p>`,
		{ action: 'questions', buttons: html`<button type="submit" id="continue">Continue</button>` },
	);
}

export function questionsPage(visit: Visit, personalNumber: string, problems: Problems = {}): string {
	const hasName = visit.journey.journey.accountName !== undefined;
	const nameField = textField('account-name', 'Account name', 'accountName', 'Savings', problems.accountName, '');
	return stepPage(
		visit,
		'questions',
		'A few questions',
		html`<p>The law asks us to know our customers.</p>
			${hiddenFields({ personalNumber })} ${hasName ? html`` : nameField} ${selectField('purpose', 'What are you saving for?', PURPOSES)}
			${selectField('origin', 'Where does the money come from?', ORIGINS)}
			${selectField('yearlyDeposit', 'How much will you save in a year?', DEPOSITS)}
			<fieldset>
				<legend>Do you, or someone close to you, hold a high public office?</legend>
				${YES_NO.map(
					(answer, index) =>
						html`<label
							><input type="radio" name="politicallyExposed" value="${answer}" ${index === 0 ? html`checked` : html``} />${answer}</label
						>`,
				)}
			</fieldset>`,
		{ action: 'sign', buttons: html`<button type="submit" id="continue">Continue</button>` },
	);
}

export function signPage(visit: Visit, answers: Answers): string {
	const name = visit.journey.journey.accountName ?? answers.accountName ?? 'Savings';
	return stepPage(
		visit,
		'sign',
		'Check and sign',
		html`${facts([
			['Account', name],
			['Personal number', html`${answers.personalNumber.slice(0, 8)}-${answers.personalNumber.slice(8)}`],
			['Saving for', answers.purpose],
			['Money from', answers.origin],
			['Each year', answers.yearlyDeposit],
			['Public office', answers.politicallyExposed],
		])}
		${hiddenFields(answers)}`,
		{ action: 'bankid', buttons: html`<button type="submit" id="sign">Sign with a simulated BankID</button> ${failButton(visit)}` },
	);
}

/** The page submits itself; without JavaScript, it has a button. */
export function bankIdPage(visit: Visit, answers: Answers): string {
	return stepPage(
		visit,
		'sign',
		'Waiting for BankID',
		html`<p role="status" aria-busy="true">A simulated BankID signs for you.</p>
			${hiddenFields(answers)}`,
		{
			action: 'complete',
			buttons: html`<noscript><button type="submit">Continue</button></noscript> ${failButton(visit)}`,
			submitAfter: String(WAIT_MS),
		},
	);
}

function formatDate(iso: string): string {
	return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
