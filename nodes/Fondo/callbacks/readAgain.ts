import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { UserError } from '../../shared/core/userError';
import type { SendRequest } from '../../shared/http/request';
import { jsonOf } from '../../shared/output/one';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';
import { idOf, idText } from '../events/changes/change';
import { isObjectId, mayCall, nodeKeyOf, unknownObjects } from './guards';

/** Fondo waits for our reply to its callback. */
const TIMEOUT_MS = 10_000;
/** Fondo has no such object, and a later read will not find it either. */
const NO_OBJECT = ['400', '404', '410', '422'];

/** How Fondo shows one object, by its type. A transaction moves cash or fund units. */
const READS: Readonly<Record<string, ReadonlyArray<readonly [route: string, parameter: string]>>> = {
	account: [['GET /v2/partner/client/{client_id}/account/{account_id}', 'account_id']],
	client: [['GET /v2/partner/client/{client_id}', 'client_id']],
	journey: [['GET /v2/partner/client/{client_id}/journey/{journey_id}', 'journey_id']],
	order: [['GET /v2/partner/client/{client_id}/order/{order_id}', 'order_id']],
	transaction: [
		['GET /v2/partner/client/{client_id}/transaction/cash/{transaction_id}', 'transaction_id'],
		['GET /v2/partner/client/{client_id}/transaction/fund/{transaction_id}', 'transaction_id'],
	],
};

export const canBeRead = (object: string) => Object.hasOwn(READS, object);

/** What a callback says it is about. A callback is not signed in a way that Fondo documents, so nothing of it is believed. */
export interface Named {
	readonly object: string;
	readonly id: string;
	/** The clients among which the object is looked for. */
	readonly clientIds: readonly string[];
}

export type ReadAgain =
	| { readonly type: 'found'; readonly row: IDataObject; readonly clientId: string }
	/** Fondo has no such object. */
	| { readonly type: 'unknown' }
	/** The caller must send the callback again. */
	| { readonly type: 'unavailable' };

const isUnknown = (error: unknown) =>
	error instanceof UserError || (error instanceof NodeApiError && NO_OBJECT.includes(error.httpCode ?? ''));

const isThis = (row: IDataObject, id: string, clientId: string) =>
	(idOf(row) ?? id) === id && (idText(row.clientId) ?? clientId) === clientId;

async function find(context: IWebhookFunctions, send: SendRequest, { object, id, clientIds }: Named): Promise<ReadAgain> {
	for (const clientId of clientIds) {
		for (const [route, parameter] of READS[object]) {
			if (!mayCall(nodeKeyOf(context))) {
				context.logger.warn(`'${context.getNode().name}' gets more callbacks than it may ask Fondo about in a minute`);
				return { type: 'unavailable' };
			}
			const path = { client_id: clientId, [parameter]: id };
			// Without time left no call is repeated: Fondo sends the callback again.
			const row = await send({ route, path, deadline: clock.now() }).then(
				({ body }) => jsonOf(body),
				async (error: unknown) => (isUnknown(error) ? undefined : await Promise.reject(error)),
			);
			if (row !== undefined && isThis(row, id, clientId)) return { type: 'found', row, clientId };
		}
	}
	return { type: 'unknown' };
}

/** Reads the object of a callback at Fondo, at most once a minute when Fondo does not know it. Never throws. */
export async function readAgain(context: IWebhookFunctions, api: Api, named: Named): Promise<ReadAgain> {
	const { object, id, clientIds } = named;
	const key = `${nodeKeyOf(context)} ${object} ${id} ${clientIds.join(' ')}`;
	if (!isObjectId(id) || !clientIds.every(isObjectId) || unknownObjects.has(key)) return { type: 'unknown' };
	try {
		const result = await find(context, await clientFor(context, api, { timeoutMs: TIMEOUT_MS }), named);
		if (result.type === 'unknown') unknownObjects.keep(key);
		return result;
	} catch (error) {
		context.logger.warn(
			`A callback could not be checked because its object (${object}) could not be read; Fondo must send it again: ${maskedMessageOf(error)}`,
		);
		return { type: 'unavailable' };
	}
}
