/** The table position × operation as a page, with one line a position. */
import { POSITIONS } from '../../sandbox/vendors';
import type { Api } from '../../sandbox/vendors/position';
import type { Judged } from './judge';
import type { Verdicts } from './lab';

export interface Tried {
	readonly api: Api;
	/** Names of positions; none for the vendor as the contract is written. */
	readonly names: readonly string[];
	readonly verdicts: Verdicts;
}

const VENDORS: Readonly<Record<Api, string>> = { fondo: 'Fondo', finvis: 'Finvis' };

/** What two writes under different references have in common. */
const withoutReference = (message = '') => message.replace(/'[^']*-(answered|lost)'/g, 'the reference');

const isRefused = ({ verdict }: Judged) => verdict === 'refused';

/** The operations of each message that did not work. */
function failures(verdicts: Verdicts): string {
	const byMessage = new Map<string, string[]>();
	for (const [at, { verdict, message }] of Object.entries(verdicts)) {
		if (verdict === 'works') continue;
		const said = `${verdict === 'defect' ? '**Defect:** ' : ''}_${withoutReference(message).replace(/\|/g, '\\|')}_`;
		byMessage.set(said, [...(byMessage.get(said) ?? []), at]);
	}
	return [...byMessage].map(([said, names]) => `${said}: ${names.join(', ')}`).join('<br>');
}

/** Without what the contract's own vendor refuses as well. */
function beyond(verdicts: Verdicts, usual: Verdicts): Verdicts {
	return Object.fromEntries(Object.entries(verdicts).filter(([at, judged]) => !isRefused(judged) || !(usual[at] && isRefused(usual[at]))));
}

const count = (verdicts: Verdicts) => Object.values(verdicts).filter(({ verdict }) => verdict === 'works').length;

export const defectsOf = ({ verdicts }: Tried) =>
	Object.entries(verdicts).flatMap(([at, { verdict, message }]) => (verdict === 'defect' ? [`${at}: ${message}`] : []));

function section(api: Api, tried: readonly Tried[]): string {
	const usual = tried.find((one) => one.api === api && one.names.length === 0)?.verdicts ?? {};
	const rows = POSITIONS.filter((position) => position.api === api).flatMap(({ name, sentence }) => {
		const found = tried.find((one) => one.api === api && one.names.join() === name);
		if (found === undefined) return [];
		const changed = beyond(found.verdicts, usual);
		const total = Object.keys(changed).length;
		const works = count(changed) === total ? 'all' : `${count(changed)} of ${total}`;
		return [`| \`${name}\`: ${sentence} | ${works} | ${failures(changed)} |`];
	});
	const own = failures(usual);
	return [
		`## ${VENDORS[api]}`,
		`${Object.keys(usual).length} operations, triggers and cases were tried over each vendor. As the contract is written, all work${own === '' ? '.' : `, except that the second run refuses: ${own}.`}`,
		['| The vendor | Work | Refused |', '| --- | --- | --- |', ...rows].join('\n'),
	].join('\n\n');
}

const INTRODUCTION = `# Vendors that differ from the contract

Only the vendors know how their APIs differ from our [contract](apis.md). So the sandbox can play vendors that differ, one point at a time. This page says what each operation and each trigger of the nodes does over each of them. \`npm run vendors\` tries them all over HTTP and writes this page.

An operation **works** when its items have the same rows and values as without the difference. A list is read with _Return All_ and with a _Limit_. A write is made twice under one reference, the second time by another process of n8n, once with both answers and once with the first answer lost: the sandbox executes it exactly once, and the node says what became of it. An operation is **refused** when the node ends with the message that is shown here. A write that is refused was executed once at most. Anything else is a defect of the nodes: the page says so, and the command fails.

A **trigger** (\`fondoTrigger\`, \`fondoPollingTrigger\`, \`fondoWebhookTrigger\`, \`finvisTrigger\`) is tried over at least twenty changes of orders and transactions, or of payment batches and transactions, which another program makes. Meanwhile the stream is cut, the API is down, n8n restarts twice, and an answer to a webhook is lost; the vendor sends a webhook again until it is answered well. The states of one object are a minute apart or more. The trigger works when each change starts the workflow exactly once, with the ID and the status as the vendor writes them, the changes of one object in their order, and nothing from before publishing. The books of the sandbox say what has changed, not the events. A change that sends no event need not be delivered if no list shows it within five minutes of its date, or only for less than a minute. A trigger is refused when changes are missing and it says why: in the error of publishing or polling, in a failed execution, or in a warning in n8n's log. Where the Finvis Trigger refuses the signatures, it is tried once more with each _Signature Format_.

Some cases are beside the operations: a refused call, a throttled call, and a token that expired early.`;

export const pageOf = (tried: readonly Tried[]): string =>
	`${[INTRODUCTION, section('fondo', tried), section('finvis', tried)].join('\n\n')}\n`;

/** The names of positions on the page. */
export const positionsOn = (page: string): string[] => [...page.matchAll(/^\| `([a-z0-9-]+)`:/gm)].map(([, name]) => name);
