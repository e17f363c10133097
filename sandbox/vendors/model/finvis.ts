/** A pure model of Finvis: payment batches from draft to execution, approvals, matches and idempotency keys. */
import { MINUTE } from '../durations';
import { behaviourOf } from '../index';
import { type Behaviour, type Life, REDIRECTS } from '../position';
import { EffectLog } from './effects';
import { type Approval, type Batch, FinvisViews, type Match } from './finvisObjects';
import { ACCOUNTS, checkBatch, COMPANIES, KONCERNER, PLANTED_PAYEE, totalOf } from './finvisRules';
import { countingIds } from './ids';
import { KeyStore } from './keyStore';
import { type Row, RowList } from './rowList';
import { type Effect, type Fields, fieldsOf, respond, textOf } from './vendor';
import type { Vendor, VendorOptions, VendorRequest, VendorResponse } from './vendor';

interface Call {
	readonly request: VendorRequest;
	readonly tenant: Tenant;
	readonly id: string;
	readonly now: number;
	readonly body: Fields;
}

/** What one tenant has. */
interface Tenant {
	readonly name: string;
	readonly batches: RowList<Batch>;
	readonly approvals: RowList<Approval>;
	readonly matches: RowList<Match>;
}

/** Finvis' side of a batch beyond the API: what a person does in its console. */
export interface FinvisVendor extends Vendor {
	/** Another person makes a draft. Gives its ID. */
	plant(tenant: string, batch: Fields, now: number): string;
}

const WORDS = new Set(['payments', 'batches', 'submit', 'approvals', 'pending', 'approve', 'reconciliation', 'matches', 'confirm']);
for (const word of ['accounts', 'companies', 'koncerner', 'transactions']) WORDS.add(word);

const EXECUTED_AFTER_APPROVAL = 10 * MINUTE;
const SUBMIT = 'POST /payments/batches/{id}/submit';
const APPROVE = 'POST /approvals/{id}/approve';
const CONFIRM = 'POST /reconciliation/matches/{id}/confirm';

const failure = (status: number, code: string, detail: string) => respond(status, { detail, code });
const notFound = () => failure(404, 'not_found', 'Not found');
const withTime = (life: Life, times: Partial<Life>): Life => ({ ...life, ...times });

class Finvis implements FinvisVendor {
	private readonly behaviour: Behaviour;
	private readonly nextId: () => string;
	private readonly baseUrl: string;
	private readonly refuses: NonNullable<VendorOptions['refuses']>;
	private readonly views: FinvisViews;
	private readonly log = new EffectLog();
	private readonly keys: KeyStore;
	private readonly tenants = new Map<string, Tenant>();
	private readonly batches = new Map<string, Batch>();
	private readonly approvals = new Map<string, Approval>();
	private readonly matches = new Map<string, Match>();
	private sequence = 0;

	constructor({ positions, ids = countingIds(1), baseUrl = 'https://finvis.invalid/public', refuses = () => undefined }: VendorOptions) {
		this.behaviour = behaviourOf('finvis', positions);
		this.views = new FinvisViews(this.behaviour);
		this.keys = new KeyStore(this.behaviour);
		this.nextId = ids;
		this.baseUrl = baseUrl;
		this.refuses = refuses;
	}

	effects(): readonly Effect[] {
		return this.log.all();
	}

	plant(tenant: string, batch: Fields, now: number): string {
		return this.addBatch(this.tenant(tenant, now), batch, now, this.nextId(), undefined).id;
	}

	handle(request: VendorRequest, now: number): VendorResponse {
		const segments = request.path.split('/').filter((segment) => segment !== '');
		const pattern = segments.map((segment) => (WORDS.has(segment) ? segment : ':')).join('/');
		const handler = this.handlers[`${request.method} ${pattern}`];
		if (!handler) return notFound();
		const tenant = this.tenant(request.headers['x-tenant-id'] ?? request.headers.authorization ?? '', now);
		const id = (segments.find((segment) => !WORDS.has(segment)) ?? '').toLowerCase();
		const call = { request, tenant, id, now, body: fieldsOf(request.body) };
		if (request.method === 'GET') return handler(call);

		const key = request.headers['idempotency-key'];
		if (key === undefined || key === '') return failure(400, 'invalid', 'Idempotency-Key is required');
		if (!this.behaviour.keyForm.test(key)) return failure(400, 'invalid', 'Idempotency-Key is not valid');
		// A key keeps the good answer of a call that was executed, also where the caller got an error.
		const before = this.log.all().length;
		const answer = this.keys.answer(tenant.name, key, request.body, now, () => handler(call));
		return this.log.all().length > before ? (this.behaviour.errorAfterEffect ?? answer) : answer;
	}

	private readonly handlers: Readonly<Record<string, (call: Call) => VendorResponse>> = {
		'GET accounts': (call) => this.whole(call, ACCOUNTS),
		'GET accounts/:': ({ id }) => respond(200, { ...ACCOUNTS[0], id }),
		'GET companies': (call) => this.whole(call, COMPANIES),
		'GET koncerner': (call) => this.whole(call, KONCERNER),
		'GET transactions': (call) => this.whole(call, []),
		'GET payments/batches': (call) =>
			this.list(call, call.tenant.batches, (row) => this.views.batch(row, call.now), this.statusFilter(call)),
		// The contract has no read of one batch; a vendor that answers a create call with its address must have one.
		'GET payments/batches/:': ({ id, now }) => {
			const batch = REDIRECTS.includes(this.behaviour.createdStatus) ? this.batches.get(id) : undefined;
			return batch ? respond(200, this.views.batch(batch, now)) : notFound();
		},
		'POST payments/batches': (call) => this.createBatch(call),
		'POST payments/batches/:/submit': (call) => this.submit(call),
		'GET approvals/pending': (call) =>
			this.list(
				call,
				call.tenant.approvals,
				(row) => this.views.approval(row),
				(row) => row.decidedAt === undefined && !this.views.isDead(row.batch, call.now),
			),
		'POST approvals/:/approve': (call) => this.approve(call),
		'GET reconciliation/matches': (call) => this.list(call, call.tenant.matches, (row) => this.views.match(row)),
		'POST reconciliation/matches/:/confirm': (call) => this.confirm(call),
	};

	// Writes.

	private createBatch(call: Call): VendorResponse {
		const { request, tenant, now, body } = call;
		const operation = 'POST /payments/batches/';
		const reason = checkBatch(body) ?? this.refuses(operation, body, now);
		if (reason) return this.refused(reason);
		if (this.behaviour.plantsDrafts) this.plant(tenant.name, { ...body, payments: [PLANTED_PAYEE] }, now);
		const id = this.nextId();
		const reference = textOf(body.name);
		const effect = this.log.record({ id, operation, at: now, reference, path: {}, caller: tenant.name, isValidation: false }, request);
		const batch = this.addBatch(tenant, body, now, id, effect);
		return this.created(batch, now);
	}

	private addBatch(tenant: Tenant, sent: Fields, now: number, id: string, effect: Effect | undefined): Batch {
		const { death } = this.behaviour;
		const finishedAt = death ? now + death.after : Infinity;
		if (effect && death) effect.endedAt = finishedAt;
		const payments = Array.isArray(sent.payments) ? sent.payments : [];
		const batch: Batch = {
			...{ id, sent, payments, total: totalOf(payments), tenant: tenant.name, effect },
			life: { kind: 'batch', createdAt: now, executedAt: Infinity, finishedAt },
			modifiedAt: now,
			...this.nextPlace(now),
		};
		this.batches.set(id, batch);
		tenant.batches.add(batch);
		return batch;
	}

	private submit(call: Call): VendorResponse {
		const { tenant, id, now } = call;
		const batch = this.batches.get(id);
		if (!batch || batch.tenant !== tenant.name) return notFound();
		if (this.views.isDead(batch, now)) return this.refused('The batch has ended', 409);
		const again = this.actAgain(batch.submittedAt !== undefined, 'The batch has already been submitted', () =>
			this.views.batch(batch, now),
		);
		if (again) return again;
		const reason = this.refuses(SUBMIT, call.body, now);
		if (reason) return this.refused(reason);
		this.act(call, SUBMIT);
		batch.submittedAt ??= now;
		batch.modifiedAt = now;
		const approval = this.newRow(now, { id: this.nextId(), batch });
		this.approvals.set(approval.id, approval);
		tenant.approvals.add(approval);
		return respond(200, this.views.batch(batch, now));
	}

	private approve(call: Call): VendorResponse {
		const { tenant, id, now } = call;
		const approval = this.approvals.get(id);
		if (!approval || approval.batch.tenant !== tenant.name) return notFound();
		const { batch } = approval;
		if (this.views.isDead(batch, now)) return this.refused('The batch has ended', 409);
		const again = this.actAgain(approval.decidedAt !== undefined, 'The approval is already decided', () => this.views.approval(approval));
		if (again) return again;
		const reason = this.refuses(APPROVE, call.body, now);
		if (reason) return this.refused(reason);
		this.act(call, APPROVE);
		approval.decidedAt ??= now;
		batch.approvedAt ??= now;
		batch.modifiedAt = now;
		if (batch.effect) delete batch.effect.endedAt;
		const executedAt = batch.approvedAt + EXECUTED_AFTER_APPROVAL;
		batch.life = withTime(batch.life, { executedAt, finishedAt: executedAt });
		tenant.batches.changed(batch);
		return respond(200, this.views.approval(approval));
	}

	private confirm(call: Call): VendorResponse {
		const { id, now } = call;
		const match = this.matches.get(id);
		if (!match) return notFound();
		const again = this.actAgain(match.confirmedAt !== undefined, 'The match is already confirmed', () => this.views.match(match));
		if (again) return again;
		const reason = this.refuses(CONFIRM, call.body, now);
		if (reason) return this.refused(reason);
		this.act(call, CONFIRM);
		match.confirmedAt ??= now;
		match.modifiedAt = now;
		return respond(200, this.views.match(match));
	}

	private act({ request, tenant, id, now }: Call, operation: string): void {
		this.log.record({ id, operation, at: now, reference: id, path: { id }, caller: tenant.name, isValidation: false }, request);
	}

	/** The answer to an act that is already done, or undefined where the act is executed. */
	private actAgain(isDone: boolean, reason: string, show: () => unknown): VendorResponse | undefined {
		const { actAgain } = this.behaviour;
		if (!isDone || actAgain === 'executed') return undefined;
		return actAgain === 'state' ? respond(200, show()) : this.refused(reason, actAgain);
	}

	// Answers.

	private refused(reason: string, status: 400 | 409 = 400): VendorResponse {
		return this.behaviour.refusal(failure(status, status === 409 ? 'conflict' : 'invalid', reason), reason);
	}

	private created(batch: Batch, now: number): VendorResponse {
		const { createdStatus, createdBody } = this.behaviour;
		if (createdStatus === 204) return { status: 204, headers: {}, body: undefined };
		const location = `${this.baseUrl}/payments/batches/${batch.id}`;
		if (REDIRECTS.includes(createdStatus)) return { status: createdStatus, headers: { location }, body: undefined };
		return respond(createdStatus, createdBody(this.views.batch(batch, now)));
	}

	private list<R extends Row>(call: Call, rows: RowList<R>, show: (row: R) => unknown, filter?: (row: R) => boolean): VendorResponse {
		const { behaviour } = this;
		const { request, now } = call;
		if (behaviour.listsForbidden) return failure(403, 'permission_denied', 'Missing scope');
		const { page, page_size: asked } = request.query;
		const size = behaviour.pageSize(asked === undefined ? undefined : Number(asked));
		if (size === 'refused') return failure(400, 'invalid', 'page_size is too large');
		let number = behaviour.pageNumberIgnored || page === undefined ? 1 : Number(page);
		let slice = rows.page(number, size, now, filter);
		const pages = Math.max(1, Math.ceil(slice.total / size));
		if (number > pages && behaviour.beyondTheEnd === 'not found') return failure(404, 'not_found', 'Invalid page.');
		if (number > pages && behaviour.beyondTheEnd === 'last page') {
			number = pages;
			slice = rows.page(number, size, now, filter);
		}
		const link = (to: number) => `${this.baseUrl}${request.path}?page=${to}&page_size=${size}`;
		const links = {
			first: link(1),
			self: link(number),
			next: number < pages ? link(number + 1) : null,
			previous: number > 1 ? link(number - 1) : null,
		};
		return respond(200, behaviour.listBody({ rows: slice.rows.map(show), total: slice.total, number, size, pages, links }));
	}

	/** A short list that has one page. */
	private whole({ request }: Call, rows: readonly unknown[]): VendorResponse {
		if (this.behaviour.listsForbidden) return failure(403, 'permission_denied', 'Missing scope');
		const self = this.baseUrl + request.path;
		const links = { first: self, self, next: null, previous: null };
		return respond(200, this.behaviour.listBody({ rows, total: rows.length, number: 1, size: 50, pages: 1, links }));
	}

	private statusFilter({ request, now }: Call): ((row: Batch) => boolean) | undefined {
		const { status } = request.query;
		return status === undefined || this.behaviour.filtersIgnored ? undefined : (row) => this.views.status(row, now) === status;
	}

	// State.

	/** A tenant is there as soon as a call names it, with three suggested matches. */
	private tenant(name: string, now: number): Tenant {
		const id = name.toLowerCase();
		const known = this.tenants.get(id);
		if (known) return known;
		const list = <R extends Row>() => new RowList<R>(this.behaviour);
		const tenant = { name: id, batches: list<Batch>(), approvals: list<Approval>(), matches: list<Match>() };
		this.tenants.set(id, tenant);
		for (let count = 0; count < 3; count++) {
			const match = this.newRow(now, { id: this.nextId() });
			this.matches.set(match.id, match);
			tenant.matches.add(match);
		}
		return tenant;
	}

	private newRow<F extends object>(now: number, fields: F): F & Row {
		const life: Life = { kind: 'other', createdAt: now, executedAt: now, finishedAt: Infinity };
		return { ...fields, life, modifiedAt: now, ...this.nextPlace(now) };
	}

	private nextPlace(at: number): { sequence: number; sortedId: string | number | undefined } {
		const sequence = (this.sequence += 1);
		return { sequence, sortedId: this.behaviour.sortedId(sequence, at) };
	}
}

export const finvisVendor = (options: VendorOptions = {}): FinvisVendor => new Finvis(options);
