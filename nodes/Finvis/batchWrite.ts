/** How a payment batch is found again under its reference: by the mark in its name, and by what is in it. */
import type { IDataObject } from 'n8n-workflow';
import { foldLookAlikes } from '../shared/core/lookAlikes';
import { UserError } from '../shared/core/userError';
import type { ConnectionState } from '../shared/connectionState';
import type { Connection } from '../shared/http/connection';
import type { ApiRequest, SendRequest } from '../shared/http/request';
import { objectIn } from '../shared/writes/answers';
import { contentFingerprint } from '../shared/writes/canonical';
import { diff } from '../shared/writes/diff';
import { fingerprint, legacyKeyOf, referenceKey } from '../shared/writes/idempotencyKey';
import { remarksOn } from '../shared/writes/remarks';
import type { Shown, Write } from '../shared/writes/write';
import { whereReadable } from './allRows';
import { batchIndexOf } from './batchIndex';
import { isPlainNameFor, markIn, markOf, referenceHalf, withoutMarks } from './batchName';
import { isAlive, SUBMITTED } from './controls/batch';
import { legacyPayments, withoutDerivedIds } from './payments';

/** Words of Finvis and of vendors like it for batches that are alive. A word that is not known is left to Finvis. */
const ALIVE = new RegExp(`^draft$|${SUBMITTED.source}`, 'i');

/** Describes a new batch to the record of writes. */
export function batchWrite(connection: Connection, state: ConnectionState) {
	const host = new URL(connection.baseUrl).host;
	const index = batchIndexOf(connection, state);
	return (request: ApiRequest, send: SendRequest): Write => {
		const reference = foldLookAlikes(request.reference ?? '');
		const { name, ...body } = request.body ?? {};
		const withoutIds = (object: IDataObject): IDataObject =>
			object.payments === undefined ? object : { ...object, payments: withoutDerivedIds(object.payments, reference) as IDataObject[] };
		const paid = withoutIds(body);
		const mark = markOf(connection.markKey ?? '', reference, contentFingerprint(paid));
		const isIt = ({ name: shown }: IDataObject) => {
			const its = markIn(shown);
			return its === undefined ? isPlainNameFor(reference, shown) : referenceHalf(its) === referenceHalf(mark);
		};
		const show = (object: IDataObject): Shown => {
			const its = markIn(object.name);
			const differing = diff({ ...paid, ...request.derivedFields }, withoutIds(object));
			const isOther = its !== undefined && referenceHalf(its) === referenceHalf(mark) && its !== mark;
			return {
				object,
				conflict:
					differing !== undefined
						? `In what Finvis has under it, ${differing}.`
						: isOther
							? 'The total is the same, but a payee, an account, a text or a single amount was another.'
							: undefined,
				dead: isAlive(object) ? undefined : deadBatch(reference, object),
				isProven: its === mark,
				remarks: remarksOn(object, 'name', (text) => markIn(text) === mark, ALIVE),
			};
		};
		const legacy = `${legacyKeyOf(connection, request)} sent`;
		const keyOf = (name: string) =>
			referenceKey(host, connection.identity, name, request.referenceScope === 'operation' ? request.route : null);
		const whole = request.partOf;
		return {
			key: keyOf(reference),
			name: reference,
			// The reference of the user covers all rows: the same rows are sent in the same parts, or not at all.
			...(whole && {
				claims: [{ key: keyOf(foldLookAlikes(whole.reference)), name: whole.reference, content: whole.content, isShared: true as const }],
			}),
			content: [request.route, paid],
			before: { sent: legacy, same: `${legacy} ${fingerprint({ ...body, payments: legacyPayments(body.payments, reference) })}` },
			request: { ...request, body: { ...request.body, name: `${withoutMarks(String(name ?? reference))} ${mark}` } },
			needsEvidence: true,
			look: async () => {
				const all = await whereReadable(async () => await index.find(send, referenceHalf(mark), reference, isIt), []);
				// A name without a mark may be anybody's: it counts only where no batch has ours.
				const marked = all.filter(({ name: shown }) => markIn(shown) !== undefined);
				return (marked.length > 0 ? marked : all).map(show);
			},
			shownBy: ({ body }) => {
				const object = objectIn(body);
				return object && { ...show(object), dead: undefined };
			},
		};
	};
}

const deadBatch = (reference: string, { status }: IDataObject) =>
	new UserError(
		`The batch of '${reference}' is there already, with the status '${String(status)}'`,
		'A reference is executed once, and that was it. Nothing was sent. See in Finvis that nothing of it was paid before you pay it in another way.',
	);
