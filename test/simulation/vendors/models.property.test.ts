import fc from 'fast-check';
import { behaviourOf, MODELLED } from '../../../sandbox/vendors';
import { finvisVendor } from '../../../sandbox/vendors/model/finvis';
import { fondoVendor } from '../../../sandbox/vendors/model/fondo';
import { type Row, RowList } from '../../../sandbox/vendors/model/rowList';
import { TimeQueue } from '../../../sandbox/vendors/model/timeQueue';
import type { Behaviour } from '../../../sandbox/vendors/position';
import { CLIENT, FinvisCalls, FondoCalls, idOf } from './bench';

const names = (api: 'fondo' | 'finvis') => MODELLED.filter((position) => position.api === api).map(({ name }) => name);

/** Two positions that do not exclude each other. */
const pair = (api: 'fondo' | 'finvis') =>
	fc.tuple(fc.constantFrom(...names(api)), fc.constantFrom(...names(api))).filter(([a, b]) => {
		const axis = (name: string) => MODELLED.find((position) => position.name === name)?.axis;
		return axis(a) !== axis(b);
	});

test('the queue gives everything in order of time, and of adding', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(20)), (times) => {
			const queue = new TimeQueue<number>();
			times.forEach((due, index) => queue.add(due, index));
			const taken: [number, number][] = [];
			for (let next = queue.take(Infinity); next; next = queue.take(Infinity)) taken.push([next.due, next.item]);
			expect(taken).toEqual(times.map((due, index) => [due, index]).sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j));
			expect(queue.take(Infinity)).toBeUndefined();
		}),
	);
});

test('a list is the same as all rows filtered by time, in order', () => {
	const behaviours: Partial<Behaviour>[] = [{}, { newestFirst: true }, { start: 'exclusive' }, { start: 'exclusive', newestFirst: true }];
	fc.assert(
		fc.property(
			fc.constantFrom(...behaviours),
			fc.array(fc.record({ wait: fc.nat(5), late: fc.nat(20), stays: fc.nat(60), finishes: fc.boolean() }), { maxLength: 25 }),
			fc.array(fc.record({ wait: fc.nat(30), start: fc.nat(25), limit: fc.integer({ min: 1, max: 8 }) }), { minLength: 1, maxLength: 6 }),
			(hooks, additions, reads) => {
				const behaviour: Behaviour = {
					...behaviourOf('fondo'),
					...hooks,
					shownFrom: ({ executedAt }) => executedAt,
					shownUntil: ({ finishedAt }) => finishedAt,
				};
				const list = new RowList<Row>(behaviour);
				let now = 0;
				const rows = additions.map(({ wait, late, stays, finishes }, index): Row => {
					now += wait;
					const life = {
						kind: 'other',
						createdAt: now,
						executedAt: now + late,
						finishedAt: finishes ? now + late + stays : Infinity,
					} as const;
					const row: Row = { sequence: index, sortedId: String(index).padStart(3, '0'), life, modifiedAt: now };
					list.add(row);
					return row;
				});
				for (const { wait, start, limit } of reads) {
					now += wait;
					const visible = rows.filter(({ life }) => life.executedAt <= now && life.finishedAt > now);
					const ordered = behaviour.newestFirst ? visible.reverse() : visible;
					expect(list.page(2, limit, now).rows).toEqual(ordered.slice(limit, 2 * limit));
					expect(list.page(1, limit, now, ({ sequence }) => sequence % 2 === 0).rows).toEqual(
						ordered.filter(({ sequence }) => sequence % 2 === 0).slice(0, limit),
					);
					const isAfter = ({ sequence }: Row) =>
						(behaviour.newestFirst ? sequence <= start : sequence >= start) && (behaviour.start !== 'exclusive' || sequence !== start);
					expect(list.from(String(start).padStart(3, '0'), limit, now)).toMatchObject({
						rows: ordered.filter(isAfter).slice(0, limit),
						total: ordered.length,
					});
				}
			},
		),
	);
});

test('a list whose rows leave at its beginning keeps the right rows', () => {
	const list = new RowList<Row>({ ...behaviourOf('fondo'), shownUntil: ({ createdAt }) => createdAt + 10 });
	for (let at = 0; at < 2600; at++) {
		const life = { kind: 'other', createdAt: at, executedAt: at, finishedAt: at } as const;
		list.add({ sequence: at, sortedId: at, life, modifiedAt: at });
		expect(list.from(undefined, Infinity, at).rows.map(({ sequence }) => sequence)).toEqual(
			Array.from({ length: Math.min(at + 1, 10) }, (_, index) => Math.max(0, at - 9) + index),
		);
	}
});

test('any two positions of Fondo work together, and the same calls give the same answers', () => {
	const run = (positions: readonly string[]) => {
		const fondo = new FondoCalls(...positions);
		const answers = [
			fondo.order('INV-1'),
			fondo.payOut('PAY-1'),
			fondo.instruct('P-1', 'P-2'),
			fondo.check(),
			fondo.get(`${CLIENT}/order`),
		];
		answers.push(
			fondo.cancel(fondo.vendor.effects()[0]?.id),
			fondo.after(5 * 86_400_000).get(`${CLIENT}/transaction/cash`, { limit: '2' }),
		);
		return { text: JSON.stringify([answers, fondo.vendor.effects()]), effects: fondo.vendor.effects().length };
	};
	fc.assert(
		fc.property(pair('fondo'), (positions) => {
			const first = run(positions);
			expect(run(positions)).toEqual(first);
			expect(run([...positions].reverse())).toEqual(first);
			expect(first.effects).toBeGreaterThanOrEqual(4);
		}),
		{ numRuns: 300 },
	);
});

test('any two positions of Finvis work together, and the same calls give the same answers', () => {
	const run = (positions: readonly string[]) => {
		const finvis = new FinvisCalls(...positions);
		const answers = [finvis.batch('INV-1'), finvis.batch('INV-2')];
		const id = finvis.vendor.effects()[0]?.id;
		answers.push(
			finvis.submit(id),
			finvis.submit(id),
			finvis.list('/approvals/pending'),
			finvis.after(3_600_000).list('/payments/batches/'),
		);
		return { text: JSON.stringify([answers, finvis.vendor.effects()]), effects: finvis.vendor.effects().length };
	};
	fc.assert(
		fc.property(pair('finvis'), (positions) => {
			const first = run(positions);
			expect(run(positions)).toEqual(first);
			expect(run([...positions].reverse())).toEqual(first);
			expect(first.effects).toBeGreaterThanOrEqual(3);
		}),
		{ numRuns: 300 },
	);
});

test('the cost of a call does not grow with the history', () => {
	const fondo = new FondoCalls().many(1000);
	// CPU time, because other programs slow the clock on the wall.
	const milliseconds = (work: () => void) => {
		const begin = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(begin);
		return (user + system) / 1000;
	};
	const aFew = () => {
		for (let count = 0; count < 300; count++) {
			fondo.after(1).order(`R-${count}`);
			fondo.orders({ limit: '10', start: String(fondo.orders({ limit: '1' })[0]?.sortedId) });
		}
	};
	aFew();
	const early = Math.min(milliseconds(aFew), milliseconds(aFew), milliseconds(aFew));
	fondo.many(20_000);
	const late = Math.min(milliseconds(aFew), milliseconds(aFew), milliseconds(aFew));
	// Linear cost would make it about ten times as slow.
	expect(late).toBeLessThan(6 * early + 20);
});

test('IDs of two vendors differ', () => {
	const order = { orderType: 'subscription', account: 'a', instrument: 'i', amount: 1 };
	const [fondo, finvis] = [fondoVendor(), finvisVendor()];
	const request = { query: {}, headers: { 'idempotency-key': 'k' } };
	const one = fondo.handle({ ...request, method: 'POST', path: `${CLIENT}/order`, body: order }, 1);
	const payments = [{ amount: '1', creditor_name: 'A', creditor_account: {} }];
	const other = finvis.handle({ ...request, method: 'POST', path: '/payments/batches/', body: { payments } }, 1);
	for (const answer of [one, other]) expect(idOf(answer)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(String(idOf(one)).slice(0, 8)).not.toBe(String(idOf(other)).slice(0, 8));
});
