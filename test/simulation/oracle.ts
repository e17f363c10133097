/**
 * Judges what a node reported against what really happened. It knows nothing of the node: only what the user wanted, what
 * the user read, and the vendor's effects. Give `cause` to the requests, so that an effect names the intent that caused it.
 */
import type { Effect } from '../../sandbox/vendors/model/vendor';
import { advisesOtherReference, contradicts, fieldsOf, fold, innerReferences, isCovered, samePath } from './oracleValues';

export interface Intent {
	readonly id: number;
	/** The route as the contract writes it. */
	readonly operation: string;
	readonly reference?: string;
	/** API and identity of the credential. */
	readonly scope: string;
	readonly path: Readonly<Record<string, string>>;
	/** What the user asked for, in plain values and under the names of the contract. */
	readonly body: unknown;
}

export type Outcome =
	'created' | 'accepted' | 'found' | 'replayed' | 'validated' | 'rehearsed' | 'unknown' | 'rejected' | 'refused' | 'died';

export interface Report {
	readonly intent: number;
	readonly at: number;
	readonly outcome: Outcome;
	/** The object that the user gets. */
	readonly shown?: unknown;
	readonly message?: string;
	readonly advice?: string;
}

/** What reached the node of one write call: a good answer, a clear refusal, or nothing that it could rely on. */
export interface Answer {
	readonly intent: number;
	readonly at: number;
	readonly heard: 'yes' | 'no' | 'nothing';
}

export interface Violation {
	readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5';
	readonly sentence: string;
	readonly intent: number;
	readonly effects: readonly Effect[];
}

/** Acts on one object: its ID takes the place of a reference. */
const ACTS = new Set([
	'DELETE /v2/partner/client/{client_id}/order/{order_id}',
	'DELETE /v2/partner/client/{client_id}/account/{account_id}',
	'POST /payments/batches/{id}/submit',
	'POST /approvals/{id}/approve',
	'POST /reconciliation/matches/{id}/confirm',
]);
/** Operations whose effect has the ID of the object that they show. */
const SHOWS_ITS_OWN = new Set([
	'POST /v2/partner/client/{client_id}/order',
	'POST /v2/partner/client/{client_id}/order/withdrawal',
	'POST /v2/partner/client/{client_id}/account/{account_id}/withdrawal',
	'POST /payments/batches/',
]);
const SUCCESS = new Set<Outcome>(['created', 'accepted', 'found', 'replayed']);
const DENIAL = new Set<Outcome>(['rejected', 'refused', 'validated', 'rehearsed']);

/** All intents that must together execute at most once. */
interface Group {
	readonly intents: Intent[];
	readonly effects: Effect[];
	readonly reports: Report[];
	/** The node could not know: an answer was lost, or a process died. */
	hasDoubt: boolean;
	/** False where an effect only sets a state, which may be set again. */
	readonly isLimited: boolean;
}

interface Case {
	readonly intent: Intent;
	readonly group: Group;
	readonly reports: Report[];
	readonly effects: Effect[];
	lastHeard: Answer['heard'] | undefined;
	/** When the last answer came: what another process reports later, this one could not know. */
	heardAt: number;
}

interface Inner {
	readonly effect: Effect;
	readonly group: Group;
	/** The user typed it. */
	readonly isTyped: boolean;
}

const keyOfId = (id: unknown) => String(id).toLowerCase();

export class Judge {
	private readonly cases = new Map<number, Case>();
	private readonly groups = new Map<string, Group>();
	/** Groups by scope and folded reference, without acts and settings. */
	private readonly typed = new Map<string, Group>();
	private readonly inner = new Map<string, Inner>();
	private readonly byId = new Map<string, Effect[]>();

	/** @param hearsAnswers whether `answer` is called for every write; without it, `unknown` is believed more easily. */
	constructor(private readonly hearsAnswers = false) {}

	intent(intent: Intent): Violation[] {
		const group = this.groupOf(intent);
		group.intents.push(intent);
		this.cases.set(intent.id, { intent, group, reports: [], effects: [], lastHeard: undefined, heardAt: Infinity });
		const inner = intent.reference === undefined ? undefined : this.inner.get(`${intent.scope}|${fold(intent.reference)}`);
		if (!inner || inner.isTyped || inner.group === group || ACTS.has(intent.operation)) return [];
		return [this.violation('I5', 'A reference that the node derived is a reference that a user typed.', intent, [inner.effect])];
	}

	effect(effect: Effect): Violation[] {
		const found = this.caseOf(effect);
		const ofId = this.byId.get(keyOfId(effect.id));
		if (ofId) ofId.push(effect);
		else this.byId.set(keyOfId(effect.id), [effect]);
		if (!found) return [];
		const { intent, group } = found;
		group.effects.push(effect);
		found.effects.push(effect);
		const violations: Violation[] = [];
		if (group.isLimited && group.effects.length > 1) {
			violations.push(this.violation('I1', `${nameOf(intent)} was executed ${group.effects.length} times.`, intent, [...group.effects]));
		}
		const denial = found.reports.find(({ outcome }) => DENIAL.has(outcome));
		if (denial) violations.push(this.violation('I3', `"${denial.outcome}" was said before it was executed.`, intent, [effect]));
		return [...violations, ...this.innerViolations(effect, found)];
	}

	answer({ intent, at, heard }: Answer): Violation[] {
		const found = this.require(intent);
		found.lastHeard = heard;
		found.heardAt = at;
		if (heard === 'nothing') found.group.hasDoubt = true;
		return [];
	}

	report(report: Report): Violation[] {
		const found = this.require(report.intent);
		found.reports.push(report);
		found.group.reports.push(report);
		if (report.outcome === 'died') found.group.hasDoubt = true;
		return [...this.successViolations(report, found), ...this.denialViolations(report, found), ...this.adviceViolations(report, found)];
	}

	private successViolations(report: Report, { intent, group }: Case): Violation[] {
		if (!SUCCESS.has(report.outcome)) return [];
		const same = group.effects.filter((effect) => isWhatWasAsked(intent, effect));
		const said = `"${report.outcome}" was said`;
		const shownId = fieldsOf(report.shown).id;
		const shown = (shownId === undefined ? undefined : this.byId.get(keyOfId(shownId))) ?? [];
		if (same.length === 0) return [this.unfounded(said, intent, group, shown)];
		const isAnother =
			shown.length > 0
				? !shown.some((effect) => same.includes(effect) || isPartOf(effect, group))
				: shownId !== undefined && SHOWS_ITS_OWN.has(intent.operation);
		if (isAnother)
			return [this.violation('I2', `${said}, and the object that was shown is another one.`, intent, shown.length > 0 ? shown : same)];
		if (contradicts(intent.body, report.shown))
			return [this.violation('I2', `${said}, and the object shows something else.`, intent, same)];
		if (report.outcome === 'found' && same.every(({ endedAt = Infinity }) => endedAt <= report.at)) {
			return [this.violation('I2', `${said} of something that had ended without being executed.`, intent, same)];
		}
		return [];
	}

	/** A success without an effect: I5 where a derived reference or an object of another reference was taken for it, else I2. */
	private unfounded(said: string, intent: Intent, group: Group, shown: readonly Effect[]): Violation {
		const derived = intent.reference === undefined ? undefined : this.inner.get(`${intent.scope}|${fold(intent.reference)}`);
		const foreign = shown.filter((effect) => effect.operation === intent.operation && !group.effects.includes(effect));
		if (foreign.length > 0 || (derived && derived.group !== group)) {
			const taken = foreign.length > 0 ? foreign : [derived?.effect].filter(isDefined);
			return this.violation('I5', `${said} of something under another reference.`, intent, taken);
		}
		if (group.effects.length > 0) return this.violation('I2', `${said}, and something else was executed.`, intent, [...group.effects]);
		return this.violation('I2', `${said}, and nothing was executed.`, intent, []);
	}

	private denialViolations(report: Report, { intent, group, effects, lastHeard, heardAt }: Case): Violation[] {
		const { outcome } = report;
		if (DENIAL.has(outcome) && effects.length > 0) {
			return [this.violation('I3', `"${outcome}" was said, and it was executed.`, intent, [...effects])];
		}
		const done = group.effects.filter((effect) => isWhatWasAsked(intent, effect));
		const isKnown =
			done.length > 0 && group.reports.some((earlier) => earlier !== report && SUCCESS.has(earlier.outcome) && earlier.at <= heardAt);
		if (outcome === 'rejected' && isKnown) {
			return [this.violation('I3', '"rejected" was said of something that an earlier report calls done.', intent, done)];
		}
		if (outcome !== 'unknown') return [];
		const violations: Violation[] = [];
		if (isKnown && lastHeard === 'no') {
			violations.push(
				this.violation('I3', '"unknown" was said after a clear refusal of something that is known to be done.', intent, done),
			);
		}
		if (this.hearsAnswers && !group.hasDoubt && group.effects.length === 0) {
			violations.push(this.violation('I3', '"unknown" was said, and every answer was clear.', intent, []));
		}
		if (!report.message && !report.advice) {
			violations.push(this.violation('I3', '"unknown" was said without the act that ends it.', intent, []));
		}
		return violations;
	}

	private adviceViolations(report: Report, { intent, group }: Case): Violation[] {
		const same = group.effects.filter((effect) => isWhatWasAsked(intent, effect));
		if (same.length === 0) return [];
		if (![report.message, report.advice].some((text) => text !== undefined && advisesOtherReference(text))) return [];
		return [this.violation('I4', 'Another reference was advised, and the same thing is executed already.', intent, same)];
	}

	private innerViolations(effect: Effect, { intent, group }: Case): Violation[] {
		const violations: Violation[] = [];
		const typed = new Set(innerReferences(intent.body));
		const own = intent.reference === undefined ? undefined : fold(intent.reference);
		const seen = new Set<string>();
		for (const payment of paymentsOf(effect.sent)) {
			for (const reference of innerReferences({ payments: [payment] }).filter((one, at, all) => all.indexOf(one) === at)) {
				const key = `${intent.scope}|${reference}`;
				if (seen.has(reference))
					violations.push(this.violation('I5', `Two payments of one call have the reference "${reference}".`, intent, [effect]));
				seen.add(reference);
				const isTyped = typed.has(reference);
				const other = this.typed.get(key);
				if (reference !== own && other && other !== group) violations.push(...this.clash(reference, isTyped, other, effect, intent));
				const earlier = this.inner.get(key);
				if (isFields(payment) && payment.clientRef !== undefined && earlier && earlier.group !== group) {
					violations.push(
						this.violation('I1', `The payment reference "${reference}" was executed twice.`, intent, [earlier.effect, effect]),
					);
				}
				this.inner.set(key, { effect, group, isTyped });
			}
		}
		return violations;
	}

	/** A payment has a reference that a user typed for something else. */
	private clash(reference: string, isTyped: boolean, other: Group, effect: Effect, intent: Intent): Violation[] {
		if (!isTyped) return [this.violation('I5', `The derived reference "${reference}" is one that a user typed.`, intent, [effect])];
		if (other.effects.length === 0) return [];
		return [this.violation('I1', `The reference "${reference}" was executed twice.`, intent, [...other.effects, effect])];
	}

	private require(id: number): Case {
		const found = this.cases.get(id);
		if (!found) throw new RangeError(`There is no intent ${id}.`);
		return found;
	}

	private groupOf(intent: Intent): Group {
		const { id, operation, scope, path, reference } = intent;
		const target = JSON.stringify(Object.entries(path).map(([name, value]) => [name, value.toLowerCase()]));
		const isAct = ACTS.has(operation);
		const isTyped = !isAct && reference !== undefined && reference !== '';
		const isSetting = !isAct && operation.startsWith('PATCH ');
		const key = isAct || isSetting ? `${scope}|${operation}|${target}` : isTyped ? `${scope}|${fold(reference)}` : `${scope}||${id}`;
		const known = this.groups.get(key);
		if (known) return known;
		const group = { intents: [], effects: [], reports: [], hasDoubt: false, isLimited: !isSetting };
		this.groups.set(key, group);
		if (isTyped && !isSetting) this.typed.set(key, group);
		return group;
	}

	/** The intent that caused an effect. Without `cause` the latest one that fits, best one that asked for what was sent. */
	private caseOf(effect: Effect): Case | undefined {
		if (effect.cause !== undefined) return this.cases.get(effect.cause);
		const reference = fold(effect.reference);
		const fitting = [...this.cases.values()]
			.filter(({ intent }) => intent.operation === effect.operation && samePath(intent.path, effect.path))
			.filter(({ intent }) => intent.reference === undefined || ACTS.has(intent.operation) || mentions(reference, fold(intent.reference)))
			.reverse();
		return fitting.find(({ intent }) => isWhatWasAsked(intent, effect)) ?? fitting[0];
	}

	private violation(invariant: Violation['invariant'], sentence: string, intent: Intent, effects: readonly Effect[]): Violation {
		return { invariant, sentence, intent: intent.id, effects };
	}
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;
const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const paymentsOf = (body: unknown): readonly unknown[] => {
	const { payments } = fieldsOf(body);
	return Array.isArray(payments) ? payments : [];
};

const nameOf = ({ operation, reference }: Intent) => (ACTS.has(operation) || reference === undefined ? operation : `"${reference}"`);

const isWhatWasAsked = (intent: Intent, effect: Effect) =>
	intent.operation === effect.operation && samePath(intent.path, effect.path) && isCovered(intent.body, effect.sent);

/** Another object on which the group acted, such as the approval of a batch. */
const isPartOf = (shown: Effect, group: Group) =>
	group.intents.some(({ path }) => Object.values(path).some((id) => keyOfId(id) === keyOfId(shown.id)));

/** Whether a folded reference is in a text as a whole, not as a part of a longer one. */
const mentions = (text: string, reference: string) => {
	const at = text.indexOf(reference);
	const isEdge = (character: string | undefined) => character === undefined || !/[\p{L}\p{N}-]/u.test(character);
	return at >= 0 && isEdge(text[at - 1]) && isEdge(text[at + reference.length]);
};

export interface History {
	readonly intents: readonly Intent[];
	readonly reports: readonly Report[];
	readonly effects: readonly Effect[];
	readonly answers?: readonly Answer[];
}

/** Judges a whole history. At one moment effects come before answers, and answers before reports. */
export function judge({ intents, reports, effects, answers }: History): Violation[] {
	const judge = new Judge(answers !== undefined);
	const steps = [
		...effects.map((effect) => ({ at: effect.at, step: () => judge.effect(effect) })),
		...(answers ?? []).map((answer) => ({ at: answer.at, step: () => judge.answer(answer) })),
		...reports.map((report) => ({ at: report.at, step: () => judge.report(report) })),
	];
	steps.sort((a, b) => a.at - b.at);
	return [...intents.flatMap((intent) => judge.intent(intent)), ...steps.flatMap(({ step }) => step())];
}
