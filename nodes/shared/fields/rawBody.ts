import { json } from './json';

/** What the panel does not know: fields that are added to the request body, or take the place of ours. */
export const rawBody = json({
	label: 'Raw JSON Body',
	description: 'Fields to add to the request as JSON, for what this panel does not offer. They replace fields of the same name.',
	example: { fieldOfTheApi: 'value' },
});
