import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Bench } from '../../support/sandbox';
import { byId } from '../../support/samples';

/** A journey as its creation answers it; nobody listens at its callback address unless one is given. */
export async function newJourney(bench: Bench, clientId: string, parameters: INodeParameters = {}): Promise<IDataObject> {
	const { json, error } = await bench.fondo().run({
		resource: 'journey',
		operation: 'create',
		parameters: { client: byId(clientId), journeyType: 'createAccount', ...parameters },
	});
	if (error) throw new Error(`${error.message}: ${error.description}`);
	return json[0];
}

/** The customer ends it on the vendor's page. */
export async function play({ url }: IDataObject, ending: 'complete' | 'cancel' | 'fail') {
	const page = await fetch(`${String(url)}/${ending}`, { method: 'POST' });
	if (!page.ok) throw new Error(`the page answered ${page.status}`);
}

/** The callback as the contract assumes it. */
export const callbackOf = (journey: IDataObject, status: string) => ({
	eventType: 'journey.update',
	current: { ...journey, status },
	previous: journey,
	scope: journey.scope ?? null,
});
