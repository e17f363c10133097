/** Every trigger of one API over vendors of some positions: the real sandbox over HTTP, and the triggers in n8n's engine. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox';
import { behaviourOf } from '../../sandbox/vendors';
import type { Api, Behaviour } from '../../sandbox/vendors/position';
import { isFields } from '../../sandbox/vendors/writeFields';
import { FINVIS_SETTINGS, finvisSeedOf, owedByFinvis, playFinvis, type FinvisSeed } from './finvisScenario';
import { FONDO_SETTINGS, fondoSeedOf, owedByFondo, playFondo, type FondoSeed } from './fondoScenario';
import { idOf, type Judged } from './judge';
import type { Verdicts } from './lab';
import { ListeningWorkflow, PollingWorkflow, Receiver, type TriggeredWorkflow, type TriggerOptions, WebhookWorkflow } from './n8nTriggers';
import { CHANGES, Scenario } from './scenario';
import { SCOPES } from './targets';
import { TestClock } from './testClock';
import { type DeliveredChange, judgeTrigger, type OwedChange } from './triggerJudge';

interface TriedTrigger {
	readonly name: string;
	readonly workflow: TriggeredWorkflow;
	readonly owed: readonly OwedChange[];
	readonly isOrdered: boolean;
}

/** Numbers, addresses and quoted values of a message differ from run to run. */
const withoutValues = (text: string) => text.replace(/'[^']*'|[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d.:TZ-]*/gi, '…');
/** IDs and addresses of the sandbox differ from run to run. */
const forPage = (text: string) => text.replace(/http:\/\/127\.0\.0\.1:\d+|[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…');

/** What a user chooses when n8n's log says that the signatures of Finvis are wrong. */
const SIGNATURE_FORMATS = ['base64', 'sha256Hex', 'sha256Base64', 'timestamped'];

export class TriggerLab {
	private usualWarnings = new Set<string>();

	private constructor(
		private readonly api: Api,
		private readonly sandbox: Sandbox,
		private readonly receiver: Receiver,
		private readonly seed: Partial<FondoSeed & FinvisSeed>,
	) {}

	static async open(api: Api): Promise<TriggerLab> {
		// The clock moves only when the trial moves it.
		const sandbox = await startSandbox({ speed: 0, transactions: 100, settings: { fondo: FONDO_SETTINGS, finvis: FINVIS_SETTINGS } });
		const seed = api === 'fondo' ? await fondoSeedOf(sandbox) : await finvisSeedOf(sandbox);
		const lab = new TriggerLab(api, sandbox, await Receiver.open(), seed);
		const usual = await lab.play([]);
		lab.usualWarnings = new Set(usual.flatMap(({ workflow }) => workflow.warnings.map(withoutValues)));
		return lab;
	}

	async close(): Promise<void> {
		await this.receiver.close();
		await this.sandbox.stop();
	}

	/** With `forgets`, n8n loses its memory with each restart. */
	async try(names: readonly string[], { forgets = false } = {}): Promise<Verdicts> {
		const verdicts = this.judgeAll(await this.play(names, {}, forgets));
		if (behaviourOf(this.api, names).webhookSignature === undefined || verdicts.finvisTrigger?.verdict !== 'refused') return verdicts;
		let chosen: Judged | undefined;
		for (const signatureFormat of SIGNATURE_FORMATS) {
			chosen = this.judgeAll(await this.play(names, { signatureFormat })).finvisTrigger;
			if (chosen?.verdict !== 'refused') break;
		}
		return { ...verdicts, ...(chosen && { 'finvisTrigger with a Signature Format': chosen }) };
	}

	private judgeAll(tried: readonly TriedTrigger[]): Record<string, Judged> {
		const calls = this.sandbox.admin.requests().length;
		return Object.fromEntries(tried.map((one): [string, Judged] => [one.name, this.judge(one, calls)]));
	}

	private judge({ workflow, owed, isOrdered }: TriedTrigger, calls: number): Judged {
		const { items, errors } = workflow;
		const warnings = workflow.warnings.filter((text) => !this.usualWarnings.has(withoutValues(text)));
		const delivered = items.map((item) => deliveredBy(item, this.api));
		const judged = judgeTrigger({ owed, delivered, errors, warnings, calls, isOrdered });
		return judged.verdict === 'refused' ? { ...judged, message: forPage(judged.message ?? '') } : judged;
	}

	private async play(names: readonly string[], options: INodeParameters = {}, forgets = false): Promise<TriedTrigger[]> {
		const { admin } = this.sandbox;
		admin.reset();
		const vendor = behaviourOf(this.api, names);
		const clock = new TestClock(admin, (response) => this.receiver.has(response));
		const workflows = this.workflows(vendor, clock, options);
		const baseUrl = this.api === 'fondo' ? this.sandbox.fondoUrl : this.sandbox.finvisUrl;
		admin.vendor.set(names);
		// A user gives Fondo the address once the workflow is published.
		const callbackUrl = `${this.receiver.url}/webhook/hook-1/callback`;
		const onPublished = () => void admin.settings.patch({ fondo: { callbackUrl } });
		const stage = { api: this.api, baseUrl, admin, clock, names, workflows: Object.values(workflows), onPublished, forgets };
		const scenario = new Scenario(stage);
		if (this.api === 'fondo') await playFondo(scenario, this.sandbox, this.seed as FondoSeed);
		else await playFinvis(scenario, this.sandbox, this.seed as FinvisSeed);
		await scenario.stopN8n();
		admin.vendor.set([]);
		return this.owed(workflows, scenario);
	}

	private owed(workflows: Readonly<Record<string, TriggeredWorkflow>>, scenario: Scenario): TriedTrigger[] {
		const changes = this.sandbox.admin.changes().filter(({ api }) => api === this.api);
		const fondo = owedByFondo(changes, scenario);
		const owed: Record<string, OwedChange[]> = {
			fondoTrigger: fondo.byStream,
			fondoPollingTrigger: fondo.byLists,
			fondoWebhookTrigger: fondo.byCallback,
			finvisTrigger: owedByFinvis(changes, scenario),
		};
		return Object.entries(workflows).map(([name, workflow]) => {
			const ofTrigger = owed[name] ?? [];
			const count = ofTrigger.filter(({ isEarlier }) => isEarlier !== true).length;
			if (count < CHANGES) throw new Error(`${name} was tried over ${count} changes only.`);
			// A webhook shows what the vendor sends when it sends it.
			const isOrdered = !(workflow instanceof WebhookWorkflow) || scenario.vendor.eventCopies(2).every((delay) => delay < 60_000);
			return { name, workflow, owed: ofTrigger, isOrdered };
		});
	}

	private workflows(vendor: Behaviour, clock: TestClock, chosen: INodeParameters): Readonly<Record<string, TriggeredWorkflow>> {
		const { api, sandbox, receiver, seed } = this;
		const options = (type: TriggerOptions['type'], parameters: INodeParameters): TriggerOptions => ({
			type,
			parameters,
			clock,
			credential: {
				environment: 'custom',
				baseUrl: api === 'fondo' ? sandbox.fondoUrl : sandbox.finvisUrl,
				clientId: `${api}-demo`,
				clientSecret: `${api}-demo-secret`,
				...SCOPES[api],
			},
		});
		if (api === 'finvis') {
			const events = ['payment.status.updated', 'transaction.created'];
			return { finvisTrigger: new WebhookWorkflow(options('finvisTrigger', { events, options: chosen }), receiver, true) };
		}
		const parameters = { clients: [String(idOf(String(seed.client), vendor))], objects: ['order', 'transaction'] };
		return {
			fondoTrigger: new ListeningWorkflow(options('fondoTrigger', parameters)),
			fondoPollingTrigger: new PollingWorkflow(options('fondoPollingTrigger', parameters)),
			fondoWebhookTrigger: new WebhookWorkflow(options('fondoWebhookTrigger', parameters), receiver, false),
		};
	}
}

/** The object and the status that an item shows. */
function deliveredBy(item: IDataObject, api: Api): DeliveredChange {
	if (api === 'fondo') {
		const state = [item.current, item.previous].find(isFields) ?? {};
		const isSame = state.id === undefined || String(state.id) === String(item.id);
		return { id: isSame ? item.id : `${String(item.id)}, in its state ${String(state.id)},`, status: state.status };
	}
	const { batch_id, id, status } = isFields(item.data) ? item.data : item;
	return { id: batch_id ?? id, status };
}
