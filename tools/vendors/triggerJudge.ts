/** Whether a trigger has delivered what the books of the sandbox say. Pure. */
import { CRASH, defect, type Judged, type Shown, WORKS } from './judge';

/** A state that an object has reached: a workflow must start once with it. */
export interface OwedChange {
	/** The ID and the status as the vendor writes them; no status where the object has none. */
	readonly id: string;
	readonly status?: string;
	/** It came before the trigger was published. */
	readonly isEarlier?: boolean;
	/** No event of it could arrive, and no list shows it in time. */
	readonly isHidden?: boolean;
}

export interface DeliveredChange {
	readonly id: unknown;
	readonly status?: unknown;
}

export interface TriggerRun {
	readonly owed: readonly OwedChange[];
	readonly delivered: readonly DeliveredChange[];
	/** Errors of publishing, polling and executing, and failed executions that the trigger has left. */
	readonly errors: ReadonlyArray<NonNullable<Shown['error']>>;
	/** What n8n's log says that it does not say over the vendor as the contract is written. */
	readonly warnings: readonly string[];
	readonly calls: number;
	/** False where the vendor itself sends the events of one object in another order. */
	readonly isOrdered?: boolean;
}

/** A trigger that asks for the lists after each of twenty changes makes far fewer. */
const MAX_CALLS = 1_500;

const nameOf = ({ id, status }: DeliveredChange) => `${String(id)}${status === undefined ? '' : ` ${String(status)}`}`;

/** Two deliveries of one change, one of no change or of an earlier one, or two in the wrong order. */
function wrongDelivery({ owed, delivered, isOrdered = true }: TriggerRun): string | undefined {
	const places = new Map(owed.map((change, index) => [nameOf(change), index]));
	const seen = new Set<number>();
	const last = new Map<string, number>();
	for (const change of delivered) {
		const name = nameOf(change);
		const place = places.get(name);
		const booked = place === undefined ? undefined : owed[place];
		if (place === undefined || booked === undefined) return `delivers ${name}, which no object has been`;
		if (booked.isEarlier === true) return `delivers ${name}, which came before publishing`;
		if (seen.has(place)) return `delivers ${name} twice`;
		seen.add(place);
		if (isOrdered && place < (last.get(booked.id) ?? 0)) return `delivers ${name} after a later state of the object`;
		last.set(booked.id, place);
	}
	return undefined;
}

/** An error in words says what happened, and what to do. At publishing n8n shows the message alone, so the advice may be its next sentence. */
function judgeWords({ name, message, description = '' }: NonNullable<Shown['error']>): Judged {
	const hasAdvice = description !== '' || /\. [A-Z]/.test(message);
	if (CRASH.test(message) || CRASH.test(description)) return defect(`an error in the words of a program: ${message} ${description}`);
	if (message === '' || !hasAdvice) return defect(`an error without advice: ${name}: ${message}`);
	return { verdict: 'refused', message };
}

/** The first defect in the words of the node, or its first refusal. */
function wordsOf({ errors, warnings }: TriggerRun): Judged | undefined {
	const judged = errors.map(judgeWords);
	const crashed = warnings.find((text) => CRASH.test(text));
	const wrong = judged.find(({ verdict }) => verdict === 'defect');
	if (wrong !== undefined) return wrong;
	if (crashed !== undefined) return defect(`a warning in the words of a program: ${crashed}`);
	return judged[0] ?? warnings.slice(0, 1).map((message): Judged => ({ verdict: 'refused', message }))[0];
}

/** Every change once, in order, from publishing on; what is missing is said in words. */
export function judgeTrigger(run: TriggerRun): Judged {
	if (run.calls > MAX_CALLS) return defect(`${run.calls} calls for one trigger`);
	const wrong = wrongDelivery(run);
	if (wrong !== undefined) return defect(wrong);
	const words = wordsOf(run);
	if (words?.verdict === 'defect') return words;
	const delivered = new Set(run.delivered.map(nameOf));
	const owed = run.owed.filter(({ isEarlier, isHidden }) => isEarlier !== true && isHidden !== true);
	const lost = owed.filter((change) => !delivered.has(nameOf(change)));
	if (lost.length === 0) return WORKS;
	return words ?? defect(`loses ${lost.length} of ${owed.length} changes: ${lost.slice(0, 3).map(nameOf).join(', ')}`);
}
