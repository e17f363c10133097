import type { Field } from './field';

/** A switch, off by default. Its description starts with "Whether". */
export const flag = ({ label, description }: { label: string; description: `Whether ${string}` }): Field<boolean> => ({
	property: { displayName: label, type: 'boolean', default: false, description },
	example: true,
	read: (value) => value === true || value === 'true',
});
