/** A pure model of Fondo: orders, payouts, payment instructions and the lists in which they show. */
import { DAY, HOUR } from '../durations';
import { behaviourOf } from '../index';
import { type Behaviour, type Life, REDIRECTS } from '../position';
import { EffectLog } from './effects';
import { type CashTransaction, type ClientState, FondoViews, type Instruction, type Order, type Payment } from './fondoObjects';
import { accountOf, bankAccountOf, checkInstruction, checkOrder, checkPayout, INSTRUMENTS } from './fondoRules';
import { countingIds } from './ids';
import { pageOf } from './pageOf';
import { type Row, RowList } from './rowList';
import { TimeQueue } from './timeQueue';
import { type Effect, type Fields, fieldsOf, isFields, respond, textOf } from './vendor';
import type { Vendor, VendorOptions, VendorRequest, VendorResponse } from './vendor';

interface Call {
	readonly request: VendorRequest;
	readonly client: ClientState;
	/** The identifiers in the path behind the client, in lower case. */
	readonly ids: readonly string[];
	readonly now: number;
	readonly body: Fields;
}

const WORDS = new Set([
	...['order', 'withdrawal', 'account', 'transaction', 'cash', 'fund', 'instruction', 'payment'],
	...['instrument', 'custodian', 'journey', 'allocationplan', 'kycstatus', 'agreement-types', 'agreement'],
]);

const CANCELLABLE_FOR = DAY;
const EXECUTED_AFTER = 2 * DAY;
const SETTLED_AFTER = 3 * DAY;
const FIRST_DEPOSIT_AFTER = 2 * DAY;
/** No object changes later than this after its creation. */
const LONGEST_LIFE = 4 * DAY;

const CLIENT = '/v2/partner/client/{client_id}';
const failure = (status: number, error: string, reason: string) => respond(status, { error, error_description: reason });
const notFound = () => failure(404, 'not_found', 'The requested object does not exist');

class Fondo implements Vendor {
	private readonly behaviour: Behaviour;
	private readonly nextId: () => string;
	private readonly baseUrl: string;
	private readonly refuses: NonNullable<VendorOptions['refuses']>;
	private readonly views: FondoViews;
	private readonly log = new EffectLog();
	private readonly clients = new Map<string, ClientState>();
	private readonly orders = new Map<string, Order>();
	private readonly cash = new Map<string, CashTransaction>();
	private readonly instructions = new Map<string, Instruction>();
	private readonly agenda = new TimeQueue<(at: number) => void>();
	private sequence = 0;

	constructor({ positions, ids = countingIds(), baseUrl = 'https://fondo.invalid', refuses = () => undefined }: VendorOptions) {
		this.behaviour = behaviourOf('fondo', positions);
		this.views = new FondoViews(this.behaviour);
		this.nextId = ids;
		this.baseUrl = baseUrl;
		this.refuses = refuses;
	}

	effects(): readonly Effect[] {
		return this.log.all();
	}

	handle(request: VendorRequest, now: number): VendorResponse {
		for (let due = this.agenda.take(now); due; due = this.agenda.take(now)) due.item(due.due);
		const [version, partner, root, id, ...rest] = request.path.split('/').filter((segment) => segment !== '');
		if (version === 'ping') return respond(200, { pong: this.behaviour.moment(now) });
		if (version !== 'v2' || partner !== 'partner') return notFound();
		if (root === 'instrument' && request.method === 'GET') return this.instrument(id);
		if (root !== 'client') return notFound();
		if (id === undefined) return this.allClients(request, now);
		const pattern = rest.map((segment) => (WORDS.has(segment) ? segment : ':')).join('/');
		const handler = this.handlers[`${request.method} ${pattern}`];
		if (!handler) return notFound();
		const ids = rest.filter((segment) => !WORDS.has(segment)).map((segment) => segment.toLowerCase());
		const before = this.log.all().length;
		const answer = handler({ request, client: this.client(id), ids, now, body: fieldsOf(request.body) });
		return this.log.all().length > before ? (this.behaviour.errorAfterEffect ?? answer) : answer;
	}

	private readonly handlers: Readonly<Record<string, (call: Call) => VendorResponse>> = {
		'GET ': ({ client, now }) => respond(200, this.views.client(client, now)),
		'PATCH ': (call) => this.updateClient(call),
		'GET account': (call) => this.whole(call, [accountOf(call.client.id, 1), accountOf(call.client.id, 2)]),
		'DELETE account/:': (call) => this.closeAccount(call),
		'GET transaction/fund': (call) => this.whole(call, []),
		'GET account/:': ({ client, ids: [id = ''] }) =>
			respond(200, { ...accountOf(client.id, 1), id: this.behaviour.id(id), deleted: client.closedAccounts.has(id) }),
		'GET order': (call) => this.list(call, call.client.orders, (row) => this.views.order(row, 'list', call.now)),
		'POST order': (call) => this.createOrder(call, 'order'),
		'POST order/withdrawal': (call) => this.createOrder(call, 'order/withdrawal'),
		'GET order/:': (call) => this.one(call, this.orders, (row) => this.views.order(row, 'read', call.now)),
		'DELETE order/:': (call) => this.cancel(call),
		'POST account/:/withdrawal': (call) => this.payOut(call),
		'GET transaction/cash': (call) =>
			this.list(call, call.client.cash, (row) => this.views.cash(row, 'list', call.now), this.cashFilter(call)),
		'GET account/:/transaction/cash': (call) =>
			this.list(
				call,
				call.client.cash,
				(row) => this.views.cash(row, 'list', call.now),
				(row) => textOf(row.account).toLowerCase() === call.ids[0],
			),
		'GET transaction/cash/:': (call) => this.one(call, this.cash, (row) => this.views.cash(row, 'read', call.now)),
		'POST instruction/payment': (call) => this.instruct(call),
		'GET instruction/:': (call) => this.one(call, this.instructions, (row) => this.views.instruction(row, 'read', call.now)),
		'GET instruction/:/payment': (call) => {
			const instruction = this.instructions.get(call.ids[0] ?? '');
			return instruction ? this.list(call, instruction.list, (row) => this.views.payment(row, call.now)) : notFound();
		},
	};

	// Writes.

	private createOrder(call: Call, route: 'order' | 'order/withdrawal'): VendorResponse {
		const { request, client, now, body } = call;
		const operation = `POST ${CLIENT}/${route}`;
		const isValidation = request.query['validate-only'] === 'true';
		const reason = checkOrder(body, route === 'order/withdrawal') ?? this.reasonAgainst(operation, call);
		if (reason && isValidation && this.behaviour.validateOnly === 'invalid in 200') return respond(200, { valid: false, errors: [reason] });
		if (reason) return this.refused(reason);
		if (isValidation && this.behaviour.validateOnly !== 'executed') return this.validated(call);
		const used = this.usedReference(client, body.clientRef);
		if (used) return used;

		const id = this.nextId();
		const effect = this.log.record(
			{ id, operation, at: now, reference: textOf(body.clientRef), path: { client_id: client.id }, caller: client.id, isValidation },
			request,
		);
		const order = this.newOrder(call, id, route === 'order/withdrawal', effect);
		this.orders.set(id, order);
		client.orders.add(order);
		if (Number.isFinite(order.life.executedAt)) this.agenda.add(order.life.executedAt, (at) => this.settleOrder(order, at));
		return this.created(`${CLIENT.replace('{client_id}', client.id)}/order/${id}`, () => this.views.order(order, 'answer', now));
	}

	private newOrder({ client, body, now }: Call, id: string, payout: boolean, effect: Effect | undefined): Order {
		const { death } = this.behaviour;
		const life: Life = death
			? { kind: 'order', createdAt: now, executedAt: Infinity, finishedAt: now + death.after }
			: { kind: 'order', createdAt: now, executedAt: now + EXECUTED_AFTER, finishedAt: now + SETTLED_AFTER };
		if (effect && death) effect.endedAt = life.finishedAt;
		return { id, client, sent: body, payout, effect, life, modifiedAt: now, ...this.nextPlace(now) };
	}

	/** What a check answers. Nothing is kept. */
	private validated(call: Call): VendorResponse {
		if (this.behaviour.validateOnly === 'valid') return respond(200, { valid: true });
		const withId = this.behaviour.validateOnly === 'order with id';
		const shown = this.views.order(this.newOrder(call, withId ? this.nextId() : '', false, undefined), 'answer', call.now);
		const { id, sortedId, status, ...checked } = shown;
		return respond(200, withId ? { id, sortedId, status, ...checked } : checked);
	}

	private payOut(call: Call): VendorResponse {
		const { request, client, now, body, ids } = call;
		const operation = `POST ${CLIENT}/account/{account_id}/withdrawal`;
		const reason = checkPayout(body) ?? this.reasonAgainst(operation, call);
		if (reason) return this.refused(reason);
		const used = this.usedReference(client, body.clientRef);
		if (used) return used;
		const id = this.nextId();
		const path = { client_id: client.id, account_id: ids[0] ?? '' };
		this.log.record({ id, operation, at: now, reference: textOf(body.clientRef), path, caller: client.id, isValidation: false }, request);
		const row = this.addCash(client, now, {
			id,
			type: 'withdrawal',
			amount: body.amount,
			account: ids[0],
			clientRef: body.clientRef,
			executorRef: body.executorRef,
			life: { kind: 'payout', createdAt: now, executedAt: now + EXECUTED_AFTER, finishedAt: now + SETTLED_AFTER },
		});
		return this.created(`${CLIENT.replace('{client_id}', client.id)}/transaction/cash/${id}`, () => this.views.cash(row, 'answer', now));
	}

	private instruct(call: Call): VendorResponse {
		const { request, client, now, body } = call;
		const operation = `POST ${CLIENT}/instruction/payment`;
		const payments = Array.isArray(body.payments) ? body.payments.filter(isFields) : [];
		const reason = checkInstruction(body) ?? this.reasonAgainst(operation, call);
		if (reason) return this.refused(reason);
		for (const { clientRef } of payments) {
			const used = this.usedReference(client, clientRef);
			if (used) return used;
		}
		const id = this.nextId();
		const reference = textOf(payments[0]?.clientRef);
		this.log.record({ id, operation, at: now, reference, path: { client_id: client.id }, caller: client.id, isValidation: false }, request);
		const instruction = this.newInstruction(client, id, payments, now);
		this.instructions.set(id, instruction);
		return this.created(`${CLIENT.replace('{client_id}', client.id)}/instruction/${id}`, () =>
			this.views.instruction(instruction, 'answer', now),
		);
	}

	/** Each payment becomes a deposit days later, one an hour. */
	private newInstruction(client: ClientState, id: string, payments: readonly Fields[], now: number): Instruction {
		const list = new RowList<Payment>(this.behaviour);
		const rows = payments.map((sent, index) => {
			const executedAt = now + FIRST_DEPOSIT_AFTER + index * HOUR;
			const life: Life = { kind: 'other', createdAt: now, executedAt, finishedAt: executedAt };
			const row: Payment = { id: this.nextId(), sent, life, modifiedAt: now, completedAt: Infinity, ...this.nextPlace(now) };
			list.add(row);
			this.agenda.add(executedAt, (at) => {
				row.completedAt = at;
				row.modifiedAt = at;
				const { amount, account, clientRef } = sent;
				const deposit: Life = { kind: 'deposit', createdAt: at, executedAt: at, finishedAt: at + DAY };
				this.addCash(client, at, {
					id: this.nextId(),
					type: 'deposit',
					amount,
					account,
					clientRef,
					ref: row.id,
					refType: 'payment',
					life: deposit,
				});
			});
			return { row };
		});
		const last = rows.at(-1)?.row.life.executedAt ?? now;
		return { id, payments: rows, list, life: { kind: 'other', createdAt: now, executedAt: last, finishedAt: last } };
	}

	private cancel(call: Call): VendorResponse {
		const { request, client, now, ids } = call;
		const order = this.orders.get(ids[0] ?? '');
		if (!order || order.client !== client) return notFound();
		const { actAgain } = this.behaviour;
		if (order.canceledAt !== undefined && actAgain !== 'executed') {
			return actAgain === 'state'
				? respond(200, this.views.order(order, 'answer', now))
				: this.refused('The order is already canceled', actAgain);
		}
		if (order.canceledAt === undefined && (now >= order.life.createdAt + CANCELLABLE_FOR || now >= order.life.finishedAt)) {
			return this.refused('The order can no longer be canceled');
		}
		const path = { client_id: client.id, order_id: order.id };
		const operation = `DELETE ${CLIENT}/order/{order_id}`;
		this.log.record({ id: order.id, operation, at: now, reference: order.id, path, caller: client.id, isValidation: false }, request);
		order.canceledAt ??= now;
		order.modifiedAt = now;
		order.life = { ...order.life, executedAt: Infinity, finishedAt: order.canceledAt };
		if (order.effect) order.effect.endedAt ??= now;
		client.orders.changed(order);
		return respond(200, this.views.order(order, 'answer', now));
	}

	private closeAccount(call: Call): VendorResponse {
		const { request, client, now, ids } = call;
		const id = ids[0] ?? '';
		const { actAgain } = this.behaviour;
		const show = () => respond(200, { ...accountOf(client.id, 1), id: this.behaviour.id(id), deleted: true });
		if (client.closedAccounts.has(id) && actAgain !== 'executed') {
			return actAgain === 'state' ? show() : this.refused('The account is already closed', actAgain);
		}
		const path = { client_id: client.id, account_id: id };
		const operation = `DELETE ${CLIENT}/account/{account_id}`;
		this.log.record({ id, operation, at: now, reference: id, path, caller: client.id, isValidation: false }, request);
		client.closedAccounts.add(id);
		return show();
	}

	private updateClient(call: Call): VendorResponse {
		const { request, client, now, body } = call;
		const operation = `PATCH ${CLIENT}`;
		const reason = Object.keys(body).length === 0 ? 'There is nothing to change' : this.reasonAgainst(operation, call);
		if (reason) return this.refused(reason);
		client.fields = { ...client.fields, ...body };
		const path = { client_id: client.id };
		this.log.record({ id: client.id, operation, at: now, reference: client.id, path, caller: client.id, isValidation: false }, request);
		return respond(200, this.views.client(client, now));
	}

	// What time does.

	/** The cash transactions of an executed order. */
	private settleOrder(order: Order, at: number): void {
		if (order.canceledAt !== undefined) return;
		const { sent, client, id } = order;
		order.modifiedAt = at;
		const booking = {
			amount: sent.amount ?? Number(sent.units) * 100,
			account: sent.account,
			clientRef: sent.clientRef,
			executorRef: sent.executorRef,
			ref: id,
			refType: 'order',
			life: { kind: 'booking', createdAt: at, executedAt: at, finishedAt: at + DAY },
		} as const;
		const type = sent.orderType === 'redemption' ? 'redemption' : 'subscription';
		this.addCash(client, at, { ...booking, id: this.nextId(), type });
		if (order.payout) this.addCash(client, at, { ...booking, id: this.nextId(), type: 'withdrawal' });
	}

	private addCash(client: ClientState, at: number, fields: Omit<CashTransaction, 'sequence' | 'sortedId' | 'modifiedAt'>): CashTransaction {
		const row: CashTransaction = { ...fields, modifiedAt: at, ...this.nextPlace(at) };
		this.cash.set(row.id, row);
		client.cash.add(row);
		return row;
	}

	private nextPlace(at: number): { sequence: number; sortedId: string | number | undefined } {
		const sequence = (this.sequence += 1);
		return { sequence, sortedId: this.behaviour.sortedId(sequence, at) };
	}

	// Answers.

	private reasonAgainst(operation: string, { body, now }: Call): string | undefined {
		return this.refuses(operation, body, now);
	}

	private refused(reason: string, status: 400 | 409 = 400): VendorResponse {
		return this.behaviour.refusal(failure(status, status === 409 ? 'conflict' : 'invalid_request', reason), reason);
	}

	private usedReference(client: ClientState, reference: unknown): VendorResponse | undefined {
		const { usedReference } = this.behaviour;
		if (usedReference === 'executed' || typeof reference !== 'string') return undefined;
		if (client.references.has(reference)) return this.refused('clientRef is already used', usedReference);
		client.references.add(reference);
		return undefined;
	}

	private created(location: string, show: () => Record<string, unknown>): VendorResponse {
		const { createdStatus, createdBody } = this.behaviour;
		if (createdStatus === 204) return { status: 204, headers: {}, body: undefined };
		if (REDIRECTS.includes(createdStatus))
			return { status: createdStatus, headers: { location: this.baseUrl + location }, body: undefined };
		return respond(createdStatus, createdBody(show()));
	}

	private one<R>({ ids }: Call, all: ReadonlyMap<string, R>, show: (row: R) => unknown): VendorResponse {
		const row = all.get(ids.at(-1) ?? '');
		return row === undefined ? notFound() : respond(200, show(row));
	}

	private list<R extends Row>(call: Call, rows: RowList<R>, show: (row: R) => unknown, filter?: (row: R) => boolean): VendorResponse {
		const { behaviour } = this;
		const { request, now } = call;
		if (behaviour.listsForbidden) return failure(403, 'forbidden', 'No access to this list');
		const { start, limit, modifiedFrom } = request.query;
		const size = behaviour.pageSize(limit === undefined ? undefined : Number(limit));
		if (size === 'refused') return failure(400, 'invalid_request', 'limit is too large');
		const since = modifiedFrom === undefined || behaviour.filtersIgnored ? undefined : Date.parse(modifiedFrom);
		const matches = since === undefined ? filter : (row: R) => this.views.modifiedAt(row, now) >= since && (filter?.(row) ?? true);
		const slice = rows.from(start, size, now, matches, since === undefined ? undefined : since - LONGEST_LIFE);
		if (slice.rows.length === 0 && start !== undefined && behaviour.beyondTheEnd === 'not found') return notFound();
		return respond(200, behaviour.listBody(pageOf(slice, size, `${this.baseUrl}${request.path}`, slice.rows.map(show))));
	}

	/** A short list that is never paged. */
	private whole({ request }: Call, rows: readonly unknown[]): VendorResponse {
		if (this.behaviour.listsForbidden) return failure(403, 'forbidden', 'No access to this list');
		const slice = { rows, skipped: 0, total: rows.length };
		return respond(200, this.behaviour.listBody(pageOf(slice, Infinity, `${this.baseUrl}${request.path}`, rows)));
	}

	private cashFilter({ request }: Call): ((row: CashTransaction) => boolean) | undefined {
		const { ref, reftype } = request.query;
		if (this.behaviour.filtersIgnored || (ref === undefined && reftype === undefined)) return undefined;
		return (row) => (ref === undefined || row.ref === ref.toLowerCase()) && (reftype === undefined || row.refType === reftype);
	}

	private instrument(id: string | undefined): VendorResponse {
		if (id === undefined) return respond(200, INSTRUMENTS);
		const instrument = INSTRUMENTS.find((one) => one.id.toLowerCase() === id.toLowerCase());
		return instrument ? respond(200, instrument) : notFound();
	}

	private allClients({ method }: VendorRequest, now: number): VendorResponse {
		return method === 'GET'
			? respond(
					200,
					[...this.clients.values()].map((client) => this.views.client(client, now)),
				)
			: notFound();
	}

	/** A client is there as soon as a call names it. */
	private client(id: string): ClientState {
		const known = this.clients.get(id.toLowerCase());
		if (known) return known;
		const fields = { name: 'Advise AB', displayName: 'Advise', bankAccounts: [bankAccountOf(id)] };
		const client = {
			id: id.toLowerCase(),
			orders: new RowList<Order>(this.behaviour),
			cash: new RowList<CashTransaction>(this.behaviour),
			references: new Set<string>(),
			closedAccounts: new Set<string>(),
			fields,
		};
		this.clients.set(client.id, client);
		return client;
	}
}

export const fondoVendor = (options: VendorOptions = {}): Vendor => new Fondo(options);
