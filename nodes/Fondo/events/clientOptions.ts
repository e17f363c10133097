import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clientFor } from '../../shared/client';
import { bySortedId } from '../../shared/http/pagination';

/** The `loadOptions` method of fields in which a user chooses several clients: all clients of the partner, sorted by name. */
export const clientOptions = (api: Api) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const send = await clientFor(this, api);
		const options: INodePropertyOptions[] = [];
		for await (const { rows } of bySortedId(send, { route: 'GET /v2/partner/client' }))
			for (const { displayName, name, id } of rows) options.push({ name: String(displayName ?? name ?? id), value: String(id) });
		return options.sort((one, other) => one.name.localeCompare(other.name));
	};
