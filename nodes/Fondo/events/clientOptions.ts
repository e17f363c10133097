import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { clientFor } from '../../shared/client';
import { bySortedId } from '../../shared/http/pagination';
import { fondo } from '../api';

/** All clients of the partner by name, for a list of which several can be chosen. */
export async function clients(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const send = await clientFor(this, fondo);
	const options: INodePropertyOptions[] = [];
	for await (const { rows } of bySortedId(send, { route: 'GET /v2/partner/client' }))
		for (const { displayName, name, id } of rows) options.push({ name: String(displayName ?? name ?? id), value: String(id) });
	return options.sort((one, other) => one.name.localeCompare(other.name));
}
