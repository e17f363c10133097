import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Bench } from '../../support/sandbox';
import { byId } from '../../support/samples';

/** The created journey; no server listens at its callback address unless the parameters name one. */
export async function newJourney(bench: Bench, clientId: string, parameters: INodeParameters = {}): Promise<IDataObject> {
	const { json, error } = await bench.fondo().run({
		resource: 'journey',
		operation: 'create',
		parameters: { client: byId(clientId), journeyType: 'createAccount', ...parameters },
	});
	if (error) throw new Error(`${error.message}: ${error.description}`);
	return json[0];
}

/** Ends the journey on the vendor's page, as the customer does. */
export async function play({ url }: IDataObject, ending: 'complete' | 'cancel' | 'fail') {
	const page = await fetch(`${String(url)}/${ending}`, { method: 'POST' });
	if (!page.ok) throw new Error(`the page answered ${page.status}`);
}

/** The callback in the shape that the contract infers. */
export const callbackOf = (journey: IDataObject, status: string) => ({
	eventType: 'journey.update',
	current: { ...journey, status },
	previous: journey,
	scope: journey.scope ?? null,
});
